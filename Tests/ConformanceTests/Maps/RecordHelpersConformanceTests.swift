import BPFExecution
import BPFMaps
import BPFModel
import LinuxBPF
import TestKit
import Testing

/// The helpers of queues, rings and events against the running kernel's: same programs, same results.
@Suite(.enabled(if: KernelBPF.isAvailable, "bpf(2) may not be called here"))
struct RecordHelpersConformanceTests {
    private static let ring = MapSpec(type: .ringbuf, keySize: 0, valueSize: 0, maxEntries: 4096)
    /// Room for every processor: the current one may be any.
    private static let events = MapSpec(type: .perfEventArray, keySize: 4, valueSize: 4, maxEntries: 4096)

    private static func queue(_ type: MapType) -> MapSpec {
        MapSpec(type: type, keySize: 0, valueSize: 8, maxEntries: 3)
    }

    /// Pushes the turn's number, which the value's first byte counts in the map itself.
    private static func push(_ type: MapType, flags: Int32) -> HelperTrial {
        HelperTrial(
            name: "push to \(type.name), flags \(flags)", maps: [1: queue(type)],
            code: .stack([7, 1, 2, 3, 4, 5, 6, 7], at: -8) + [.loadWide(.r1, .map(1))] + .address(.r2, -8) + [
                .move(.r3, .immediate(flags))
            ] + .call(87), times: 5)
    }

    /// Pushes 7, then pops or peeks into a stack slot, and returns the errno or the value.
    private static func take(_ type: MapType, _ helper: Int32, pushes: Bool) -> HelperTrial {
        let push: [Instruction] =
            [.loadWide(.r1, .map(1))] + .address(.r2, -8) + [.move(.r3, 0), .call(helper: 87)]
        return HelperTrial(
            name: "\(helper) of \(type.name), push \(pushes)", maps: [1: queue(type)],
            code: .stack([7, 0, 0, 0, 0, 0, 0, 0], at: -8) + .stack([9, 9, 9, 9, 9, 9, 9, 9], at: -16)
                + (pushes ? push : []) + [.loadWide(.r1, .map(1))] + .address(.r2, -16) + [
                    .call(helper: helper), .load(.word, .r1, .r10, -16), .alu(.lsh, .r1, 8),
                    .alu(.xor, .r0, .register(.r1)),
                    .exit,
                ], times: 4)
    }

    private static func output(size: Int32, flags: Int32) -> HelperTrial {
        HelperTrial(
            name: "ringbuf_output of \(size), flags \(flags)", maps: [1: ring],
            code: .stack([UInt8](repeating: 5, count: 256), at: -256) + [.loadWide(.r1, .map(1))]
                + .address(.r2, -256) + [.move(.r3, .immediate(size)), .move(.r4, .immediate(flags))] + .call(130),
            times: 40)
    }

    /// Reserves, then submits or discards; 1 where there was room.
    private static func reserve(_ size: Int32, flags: Int32, discards: Bool) -> HelperTrial {
        HelperTrial(
            name: "ringbuf_reserve of \(size), flags \(flags), discards \(discards)", maps: [1: ring],
            code: [
                .loadWide(.r1, .map(1)), .move(.r2, .immediate(size)), .move(.r3, .immediate(flags)),
                .call(helper: 131), .jump(if: .notEqual, .r0, 0, skip: 2), .move(.r0, 0), .exit,
                .move(.r1, .register(.r0)), .move(.r2, 1), .call(helper: discards ? 133 : 132), .move(.r0, 1), .exit,
            ], times: 8)
    }

    /// What a query tells after records of 9 bytes.
    private static func query(_ what: Int32) -> HelperTrial {
        HelperTrial(
            name: "ringbuf_query \(what)", maps: [1: ring],
            code: .stack([UInt8](repeating: 5, count: 16), at: -16) + [.loadWide(.r1, .map(1))] + .address(.r2, -16)
                + [
                    .move(.r3, 9), .move(.r4, 0), .call(helper: 130), .loadWide(.r1, .map(1)),
                    .move(.r2, .immediate(what)),
                ] + .call(134), times: 6)
    }

    private static func event(_ flags: UInt64) -> HelperTrial {
        HelperTrial(
            name: "perf_event_output, flags \(flags)", maps: [1: events],
            code: [.move(.r6, .register(.r1))] + .stack([1, 2, 3, 4, 5, 6, 7, 8], at: -8) + [
                .move(.r1, .register(.r6)), .loadWide(.r2, .map(1)), .loadWide(.r3, .value(flags)),
            ] + .address(.r4, -8) + [.move(.r5, 8)] + .call(25), type: .schedCls)
    }

    static let trials: [HelperTrial] = {
        var trials: [HelperTrial] = []
        for type in [MapType.queue, .stack, .bloomFilter] {
            for flags in 0...4 as ClosedRange<Int32> { trials.append(push(type, flags: flags)) }
            for helper in (type == .bloomFilter ? [89] : [88, 89]) as [Int32] {
                for pushes in [false, true] { trials.append(take(type, helper, pushes: pushes)) }
            }
        }
        for size in [0, 1, 8, 100, 200] as [Int32] {
            for flags in [0, 1, 2, 3, 4, 8] as [Int32] { trials.append(output(size: size, flags: flags)) }
        }
        for size in [0, 1, 8, 1000, 4072, 4080, 4081, 4088, 4096, 100_000] as [Int32] {
            for discards in [false, true] { trials.append(reserve(size, flags: 0, discards: discards)) }
        }
        trials.append(reserve(8, flags: 1, discards: false))
        for what in 0...5 as ClosedRange<Int32> { trials.append(query(what)) }
        let flags: [UInt64] = [0, 5, 4096, 0xffff_ffff, 1 << 32, 64 << 32, 65 << 32, 1 << 52, 1 << 63, 0xf_ffff << 32]
        for flags in flags { trials.append(event(flags)) }
        return trials
    }()

    @Test(arguments: Engine.allCases)
    func sameResults(engine: Engine) throws {
        let agreement = Agreement("helpers of queues and records on Linux \(KernelBPF.release)", engine: "\(engine)")
        for trial in Self.trials {
            agreement.compare(trial.name, expected: try trial.onKernel(), found: try trial.run(on: engine))
        }
        #expect(agreement.report().isEmpty)
    }

    /// Formats, and how many of the three arguments are used.
    private static let formats = [
        "hello", "hello\n", "%d", "%i %u %x", "%ld %lu %lx", "%lld %llu %llx", "%X %lX %llX", "%li", "%p", "%px", "%pK",
        "%ps", "%pS", "%pB", "%pM", "%pa", "%c", "%5d|", "%-5d|", "%05d|", "%+d|", "% d|", "%.3s", "%5.3d", "%*d", "%%",
        "100%% %d", "%", "%d %d %d %d", "%q", "%hd", "%zd", "%o", "%f", "%#x", "tab\there", "\u{1}", "caf\u{e9}",
        "%lls", "%08x", "%8x|", "%-8x|", "%016llx", "%+5d|%+-5d|", "%0-5d|", "%20p|", "%p.", "%lllx", "%lu%%", "",
        "%130d", "%1100d", "a\nb\n", "%cx", "%5c|", "%lc", "%s", "%sx", "%pI4", "%pi4", "%pI6", "%pi6", "%pI6c",
        "%pI4x",
        "%pI5", "%pks", "%pus", "%10s|", "%-10s|", "%s%s%s", "%d%", "% ", "%0", "%-", "%12pI4|", "%9999999999d",
    ]

    private static let arguments: [[UInt64]] = [
        [0, 0, 0], [5, 7, 65], [.max, .max, .max], [0x1234_5678_9abc, 1 << 31, 1 << 63],
    ]

    private static func trace(_ format: String, _ arguments: [UInt64]) -> HelperTrial {
        let bytes = Array(format.utf8) + [0]
        let registers: [Register] = [.r3, .r4, .r5]
        return HelperTrial(
            name: "trace_printk \(format.debugDescription) \(arguments)",
            code: .stack(bytes, at: -256) + .address(.r1, -256) + [.move(.r2, .immediate(Int32(bytes.count)))]
                + zip(registers, arguments).map { .loadWide($0, .value($1)) } + .call(6))
    }

    @Test(arguments: Engine.allCases)
    func sameLengthsOfTraces(engine: Engine) throws {
        let agreement = Agreement("bpf_trace_printk on Linux \(KernelBPF.release)", engine: "\(engine)")
        for format in Self.formats {
            for arguments in Self.arguments {
                let trial = Self.trace(format, arguments)
                agreement.compare(trial.name, expected: try trial.onKernel(), found: try trial.run(on: engine))
            }
        }
        #expect(agreement.report().isEmpty)
    }
}
