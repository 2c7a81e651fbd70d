import BPFExecution
import BPFModel
import Testing

/// Helpers that tell a time or a number, and those that read text.
@Suite struct ValueHelperTests {
    // MARK: Clocks

    /// All clocks follow one time in nanoseconds, whether it is the packet's or fixed.
    @Test(
        arguments: Engine.allCases,
        [
            (.monotonicTime, 1_000_000_123_456_789), (.bootTime, 1_000_000_123_456_789),
            (.coarseTime, 1_000_000_120_000_000), (.atomicTime, 1_000_037_123_456_789), (.jiffies, 250_000_030),
        ] as [(HelperPrototype, Int64)])
    func clocks(engine: Engine, test: (HelperPrototype, Int64)) throws {
        var metadata = PacketMetadata()
        metadata.nanoseconds = 1_000_000_123_456_789
        let calls: [(HelperPrototype, [UInt64])] = [(test.0, [])]
        #expect(try HelperRun(engine, .schedCls, Frame.arp, calls, metadata: metadata).result == test.1)
        let worker = Worker(clock: .fixed(metadata.nanoseconds))
        #expect(try HelperRun(engine, .xdp, Frame.arp, calls, worker: worker).result == test.1)
        // The system's clock goes on.
        let system = Worker(clock: .monotonic)
        let first = try HelperRun(engine, .xdp, Frame.arp, calls, worker: system).result
        let second = try HelperRun(engine, .xdp, Frame.arp, calls, worker: system).result
        #expect(first > 0 && second >= first)
    }

    @Test(arguments: Engine.allCases)
    func node(engine: Engine) throws {
        let worker = Worker()
        #expect(try HelperRun(engine, .xdp, Frame.arp, [(.numaNode, [])], worker: worker).result == 0)
        worker.numaNode = 3
        #expect(try HelperRun(engine, .xdp, Frame.arp, [(.numaNode, [])], worker: worker).result == 3)
    }

    // MARK: Text

    struct Number: Sendable {
        let text: [UInt8]
        var flags: UInt64 = 0
        /// How many characters are read, and the number; or the errors.
        var signed: Result<(Int64, UInt64), Errno>
        var unsigned: Result<(Int64, UInt64), Errno>

        init(_ text: String, _ flags: UInt64 = 0, _ length: Int64, _ value: UInt64) {
            self.text = Array(text.utf8)
            self.flags = flags
            signed = .success((length, value))
            unsigned = .success((length, value))
        }

        init(
            _ text: String, _ flags: UInt64 = 0, signed: (Int64, UInt64)? = nil, unsigned: (Int64, UInt64)? = nil,
            errors: Errno...
        ) {
            self.text = Array(text.utf8)
            self.flags = flags
            self.signed = signed.map { .success($0) } ?? .failure(errors[0])
            self.unsigned = unsigned.map { .success($0) } ?? .failure(errors[errors.count - 1])
        }
    }

    static let numbers: [Number] = [
        Number("123", 0, 3, 123), Number("0x1F", 0, 4, 31), Number("0XfF", 16, 4, 255), Number("ff", 16, 2, 255),
        Number("FF", 16, 2, 255), Number("077", 0, 3, 63), Number("089", 0, 1, 0), Number("0x", 0, 1, 0),
        Number("0", 0, 1, 0), Number("12\0 3", 0, 2, 12), Number("0x0x1", 16, 3, 0), Number("12x", 10, 2, 12),
        Number(String(repeating: " ", count: 60) + "1234", 0, 64, 1234),
        // Of a longer number sixty-three digits count.
        Number(String(repeating: "0", count: 64), 0, 63, 0),
        Number(" \t\n\u{b}\u{c}\r-12x", 10, signed: (9, 0 &- 12), errors: .invalid),
        Number("-0", signed: (2, 0), errors: .invalid),
        Number("9223372036854775807", 0, 19, 0x7fff_ffff_ffff_ffff),
        Number("9223372036854775808", unsigned: (19, 1 << 63), errors: .range),
        Number("-9223372036854775808", signed: (20, 1 << 63), errors: .invalid),
        Number("-9223372036854775809", errors: .range, .invalid),
        Number("18446744073709551615", 10, unsigned: (20, .max), errors: .range),
        Number("18446744073709551616", 10, errors: .range), Number("99999999999999999999", errors: .range),
        Number(String(repeating: "1", count: 64), errors: .range),
        Number("-18446744073709551616", errors: .range),
        Number("-", errors: .invalid), Number(" ", errors: .invalid), Number("   ", errors: .invalid),
        Number("+5", errors: .invalid),
        Number("0xg", 16, errors: .invalid), Number("9", 8, errors: .invalid), Number("x", errors: .invalid),
        Number("5", 3, errors: .invalid),
        Number("5", 32, errors: .invalid), Number("5", 74, errors: .invalid),
        Number("5", 1 << 32 | 10, errors: .invalid),
    ]

    @Test(arguments: Engine.allCases, numbers)
    func parsing(engine: Engine, test: Number) throws {
        for (helper, expected) in [(HelperPrototype.parseSigned, test.signed), (.parseUnsigned, test.unsigned)] {
            let call =
                Self.stack(test.text) + [
                    .move(.r1, .register(.r10)), .alu(.add, .r1, -64), .move(.r2, .immediate(Int32(test.text.count))),
                    .loadWide(.r3, .value(test.flags)), .store(.double, .r10, -72, 7), .move(.r4, .register(.r10)),
                    .alu(.add, .r4, -72), .call(helper: helper.id),
                ]
            let result = try HelperRun(engine, .xdp, Frame.arp, code: call + [.exit]).result
            let value = try HelperRun(engine, .xdp, Frame.arp, code: call + [.load(.double, .r0, .r10, -72), .exit])
            switch expected {
            case .success(let (length, number)):
                #expect(result == length)
                #expect(value.outcome.result == number)
            case .failure(let errno):
                #expect(result == errno.negated)
                #expect(value.result == 0)
            }
        }
    }

    /// Puts bytes at the stack's 64 last ones.
    private static func stack(_ bytes: [UInt8]) -> [Instruction] {
        let padded = bytes + [UInt8](repeating: 0xee, count: 64 - bytes.count)
        return stride(from: 0, to: 64, by: 8).flatMap { offset -> [Instruction] in
            let word = padded[offset..<(offset + 8)].reversed().reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
            return [.loadWide(.r1, .value(word)), .store(.double, .r10, Int16(offset - 64), .register(.r1))]
        }
    }

    @Test(
        arguments: Engine.allCases,
        [
            ("abc", "abc", 8, 0), ("abc", "abd", 8, -1), ("abd", "abc", 8, 1), ("ab", "abc", 8, -1),
            ("abc", "ab", 8, 1),
            ("abx", "aby", 2, 0), ("", "", 1, 0), ("a\u{7f}", "a\u{80}", 8, -1), ("xyz", "xyz1", 3, 0),
        ] as [(String, String, Int32, Int64)])
    func comparisons(engine: Engine, test: (String, String, Int32, Int64)) throws {
        var bytes = Array(test.0.utf8)
        bytes += [UInt8](repeating: 0, count: 32 - bytes.count)
        bytes += Array(test.1.utf8)
        bytes += [UInt8](repeating: 0, count: 64 - bytes.count)
        let run = try HelperRun(
            engine, .xdp, Frame.arp,
            code: Self.stack(bytes) + [
                .move(.r1, .register(.r10)), .alu(.add, .r1, -64), .move(.r2, .immediate(test.2)),
                .move(.r3, .register(.r10)), .alu(.add, .r3, -32), .call(helper: HelperPrototype.compareStrings.id),
                .exit,
            ])
        #expect(run.result == test.3)
    }

    // MARK: The system's memory

    @Test(
        arguments: Engine.allCases,
        [
            (0, 8, -34, 0), (0xdead_0000_0000_0000, 8, -34, 0), (0xffff_8880_0000_0000, 8, -14, 0),
            (0xffff_8880_0000_0000, 0, 0, 7), (0, 0, -34, 7),
        ] as [(UInt64, Int32, Int64, Int64)])
    func noSystem(engine: Engine, test: (address: UInt64, size: Int32, result: Int64, after: Int64)) throws {
        let call: [Instruction] = [
            .store(.double, .r10, -8, 7), .move(.r1, .register(.r10)), .alu(.add, .r1, -8),
            .move(.r2, .immediate(test.size)), .loadWide(.r3, .value(test.address)),
            .call(helper: HelperPrototype.probeReadKernel.id),
        ]
        #expect(try HelperRun(engine, .xdp, Frame.arp, code: call + [.exit]).result == test.result)
        let after = try HelperRun(engine, .xdp, Frame.arp, code: call + [.load(.double, .r0, .r10, -8), .exit])
        #expect(after.result == test.after)
    }
}
