import BPFExecution
import BPFMaps
import BPFModel
import Testing

/// The lines of `bpf_trace_printk`, as Linux prints them.
@Suite struct TraceTests {
    /// What the kernel printed (Linux 6.18), with the first argument, or with the address of a text or of 16 bytes.
    static let lines: [(format: String, argument: UInt64, line: String)] = [
        ("hello", 0, "hello"), ("hello\n", 0, "hello\n"), ("%d", 5, "5"), ("%d", .max, "-1"), ("%i", .max, "-1"),
        ("%u", .max, "4294967295"), ("%x", .max, "ffffffff"), ("%ld", .max, "-1"),
        ("%lu", .max, "18446744073709551615"),
        ("%llx", .max, "ffffffffffffffff"), ("%X", 2748, "ABC"), ("%px", 0x1234, "0000000000001234"),
        ("%p", 0, "0000000000000000"), ("%ps", 0x1234, "0x1234"), ("%s", 0, ""), ("%s", 0x1234, ""),
        ("%pI4", 0, "0.0.0.0"), ("%c", 65, "A"), ("%5d|", 7, "    7|"), ("%-5d|", 7, "7    |"), ("%05d|", 7, "00007|"),
        ("%+d|", 7, "+7|"), ("% d|", 7, " 7|"), ("%%", 0, "%"), ("100%% %d", 1, "100% 1"), ("%08x", 0x123, "00000123"),
        ("%8x|", 0x123, "     123|"), ("%-8x|", 0x123, "123     |"), ("%+5d|", 7, "   +7|"), ("%0-5d|", 7, "7    |"),
        ("%cx", 65, "Ax"), ("%5c|", 65, "    A|"), ("tab\there", 0, "tab\there"),
        ("%05d", UInt64(bitPattern: -7), "-0007"),
    ]

    private static func run(_ code: [Instruction], on engine: Engine) throws -> (Outcome, [String]) {
        let worker = Worker(id: 3)
        var lines: [String] = []
        worker.trace = { line in
            #expect(line.worker == 3)
            lines.append(line.text)
        }
        let outcome = try engine.run(InstructionSequence(code), worker: worker)
        return (outcome, lines)
    }

    /// Puts a text with its end onto the stack.
    private static func store(_ text: [UInt8], at offset: Int) -> [Instruction] {
        let bytes = text + [UInt8](repeating: 0, count: 8 - text.count % 8)
        return stride(from: 0, to: bytes.count, by: 8).flatMap { start in
            let word = bytes[start..<start + 8].reversed().reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
            return [
                Instruction.loadWide(.r1, .value(word)), .store(.double, .r10, Int16(offset + start), .register(.r1)),
            ]
        }
    }

    private static func call(_ format: String, _ argument: [Instruction]) -> [Instruction] {
        let length = Int32(format.utf8.count + 1)
        return store(Array(format.utf8), at: -256)
            + [.move(.r1, .register(.r10)), .alu(.add, .r1, -256), .move(.r2, .immediate(length))] + argument
            + [.move(.r4, 0), .move(.r5, 0), .call(helper: 6), .exit]
    }

    @Test(arguments: Engine.allCases)
    func linesAreLinuxs(engine: Engine) throws {
        for (format, argument, line) in Self.lines {
            let (outcome, lines) = try Self.run(Self.call(format, [.loadWide(.r3, .value(argument))]), on: engine)
            #expect(lines == [line], "\(format)")
            #expect(outcome == .returned(UInt64(line.utf8.count)), "\(format)")
        }
    }

    @Test(
        arguments: Engine.allCases,
        [
            ("%s!", "str!"), ("%10s|", "       str|"), ("%-10s|", "str       |"), ("%pks", "str"), ("%pus", ""),
            ("%pI4", "115.116.114.0"), ("%pi4", "115.116.114.000"), ("%pI6", "7374:7200:6162:6300:0102:0304:0506:0708"),
            ("%pi6c|", "73747200616263000102030405060708|"), ("%12pI4x|", "115.116.114.0|"),
        ])
    func memoryIsReadForTheProgram(engine: Engine, row: (String, String)) throws {
        let memory: [UInt8] = [0x73, 0x74, 0x72, 0, 0x61, 0x62, 0x63, 0, 1, 2, 3, 4, 5, 6, 7, 8]
        let code =
            Self.store(memory, at: -64)
            + Self.call(row.0, [.move(.r3, .register(.r10)), .alu(.add, .r3, -64)])
        #expect(try Self.run(code, on: engine).1 == [row.1])
    }

    @Test(arguments: Engine.allCases)
    func constantsInMapsAreRead(engine: Engine) throws {
        let map = try Map(MapSpec(type: .array, keySize: 4, valueSize: 8, maxEntries: 1))
        try map.update([0, 0, 0, 0], Array("constant".utf8))
        let worker = Worker()
        var lines: [String] = []
        worker.trace = { lines.append($0.text) }
        let code = InstructionSequence(Self.call("<%s>", [.loadWide(.r3, .mapValue(1, offset: 2))]))
        #expect(try engine.run(code, maps: [1: map], worker: worker) == .returned(8))
        #expect(lines == ["<nstant>"])
    }

    @Test(
        arguments: Engine.allCases,
        [
            "%", "%d %d %d %d", "%q", "%hd", "%.3s", "%5.3d", "%*d", "%#x", "%f", "\u{1}", "%sx", "%pM", "%lls",
            "%lllx", "%d%",
        ])
    func otherFormatsAreRefused(engine: Engine, format: String) throws {
        let (outcome, lines) = try Self.run(Self.call(format, [.move(.r3, 7)]), on: engine)
        #expect(outcome == .returned(Errno.invalid.helperResult))
        #expect(lines == [])
    }

    @Test func addressesAreHidden() throws {
        func line(_ value: UInt64) throws -> String {
            try Self.run(Self.call("%p", [.loadWide(.r3, .value(value))]), on: .interpreter).1.joined()
        }
        let hidden = try line(0x1234)
        #expect(hidden.hasPrefix("00000000") && hidden.count == 16)
        #expect(try line(0x1234) == hidden)
        #expect(try line(0x1235) != hidden)
    }

    @Test func longLinesAreCut() throws {
        let (outcome, lines) = try Self.run(Self.call("%1100d", [.move(.r3, 1)]), on: .reference)
        #expect(outcome == .returned(1100))
        #expect(lines.map(\.count) == [1023])
    }
}
