import BPFExecution
import BPFModel
import Testing

/// XDP frames: their ends, their metadata, their bytes.
@Suite struct FrameTests {
    struct Case: Sendable {
        var packet = Frame.ipv4
        let calls: [(HelperPrototype, [UInt64])]
        var result: Int64 = 0
        var after: [UInt8]?
        /// What is in front of the packet afterwards.
        var prefix: [UInt8] = []
    }

    private static func move(_ helper: HelperPrototype, _ distance: Int64) -> (HelperPrototype, [UInt64]) {
        (helper, [UInt64(bitPattern: distance)])
    }

    static let cases: [Case] = [
        Case(calls: [move(.adjustHead, -216)], after: Frame.zeros(216) + Frame.ipv4),
        Case(calls: [move(.adjustHead, -217)], result: Errno.invalid.negated),
        Case(calls: [move(.adjustHead, 46)], after: Array(Frame.ipv4.suffix(14))),
        Case(calls: [move(.adjustHead, 47)], result: Errno.invalid.negated),
        Case(calls: [move(.adjustHead, 0x7fff_ffff)], result: Errno.invalid.negated),
        Case(calls: [(.adjustHead, [0x1_0000_000a])], after: Array(Frame.ipv4.dropFirst(10))),
        // What was in front of the packet comes back.
        Case(calls: [move(.adjustHead, 10), move(.adjustHead, -14)], after: Frame.zeros(4) + Frame.ipv4),
        Case(calls: [move(.adjustTail, -46)], after: Array(Frame.ipv4.prefix(14))),
        Case(calls: [move(.adjustTail, -47)], result: Errno.invalid.negated),
        Case(calls: [move(.adjustTail, 3460)], after: Frame.ipv4 + Frame.zeros(3460)),
        Case(calls: [move(.adjustTail, 3461)], result: Errno.invalid.negated),
        // What was behind the packet doesn't.
        Case(calls: [move(.adjustTail, -10), move(.adjustTail, 10)], after: Frame.ipv4.prefix(50) + Frame.zeros(10)),
        Case(calls: [move(.adjustMetadata, -4)], prefix: Frame.zeros(4)),
        Case(calls: [move(.adjustMetadata, -3)], result: Errno.access.negated),
        Case(calls: [move(.adjustMetadata, 0)]),
        Case(calls: [move(.adjustMetadata, 4)], result: Errno.invalid.negated),
        Case(calls: [move(.adjustMetadata, -216)], prefix: Frame.zeros(216)),
        Case(calls: [move(.adjustMetadata, -220)], result: Errno.invalid.negated),
        Case(
            packet: Frame.zeros(600), calls: [move(.adjustHead, 400), move(.adjustMetadata, -252)],
            after: Frame.zeros(200), prefix: Frame.zeros(252)),
        Case(
            packet: Frame.zeros(600), calls: [move(.adjustHead, 400), move(.adjustMetadata, -256)],
            result: Errno.access.negated, after: Frame.zeros(200)),
        Case(
            calls: [move(.adjustMetadata, -8), move(.adjustHead, -208)], after: Frame.zeros(208) + Frame.ipv4,
            prefix: Frame.zeros(8)),
        Case(
            calls: [move(.adjustMetadata, -8), move(.adjustHead, -209)], result: Errno.invalid.negated,
            prefix: Frame.zeros(8)),
        Case(calls: [(.bufferLength, [])], result: 60),
        Case(calls: [move(.adjustTail, -5), (.bufferLength, [])], result: 55, after: Array(Frame.ipv4.prefix(55))),
    ]

    @Test(arguments: Engine.allCases, cases)
    func ends(engine: Engine, test: Case) throws {
        // The worker's memory holds what an earlier packet left.
        let worker = Worker()
        let noise = [UInt8](repeating: 0xee, count: 3000)
        _ = try HelperRun(engine, .xdp, noise, [Self.move(.adjustHead, 1000)], worker: worker)
        let run = try HelperRun(engine, .xdp, test.packet, test.calls, worker: worker)
        #expect(run.result == test.result)
        #expect(run.packet == test.after ?? test.packet)
        #expect(run.outcome.prefix == test.prefix)
    }

    /// A longer packet than a frame of Linux's has can't grow, and all else is as usual.
    @Test(arguments: Engine.allCases)
    func longPackets(engine: Engine) throws {
        let long = Frame.ethernet(0x0800, count: 70000)
        let grown = try HelperRun(engine, .xdp, long, [Self.move(.adjustTail, 1)])
        #expect(grown.result == Errno.invalid.negated)
        #expect(grown.packet == long)
        let shifted = try HelperRun(engine, .xdp, long, [Self.move(.adjustHead, -216)])
        #expect(shifted.packet == Frame.zeros(216) + long)
    }

    // MARK: Bytes

    struct Bytes: Sendable {
        let offset: UInt64
        let count: Int32
        var error: Errno?
    }

    static let bytes: [Bytes] = [
        Bytes(offset: 0, count: 16), Bytes(offset: 44, count: 16), Bytes(offset: 45, count: 16, error: .invalid),
        Bytes(offset: 60, count: 1, error: .invalid), Bytes(offset: 0xffff, count: 1, error: .invalid),
        Bytes(offset: 0x1_0000, count: 1, error: .fault), Bytes(offset: .max, count: 1, error: .fault),
        Bytes(offset: 0x1_0000_0003, count: 1),
    ]

    @Test(arguments: Engine.allCases, bytes)
    func loads(engine: Engine, test: Bytes) throws {
        let run = try HelperRun(engine, .xdp, Frame.ipv4, code: Self.call(.loadBufferBytes, test) + [.exit])
        #expect(run.result == test.error?.negated ?? 0)
        let read = try HelperRun(
            engine, .xdp, Frame.ipv4,
            code: Self.call(.loadBufferBytes, test) + [.load(.byte, .r0, .r10, -16), .exit])
        let place = Int(UInt32(truncatingIfNeeded: test.offset))
        #expect(read.result == (test.error == nil ? Int64(Frame.ipv4[place]) : 7))
    }

    @Test(arguments: Engine.allCases, bytes)
    func stores(engine: Engine, test: Bytes) throws {
        let run = try HelperRun(engine, .xdp, Frame.ipv4, code: Self.call(.storeBufferBytes, test) + [.exit])
        #expect(run.result == test.error?.negated ?? 0)
        var expected = Frame.ipv4
        if test.error == nil {
            let place = Int(UInt32(truncatingIfNeeded: test.offset))
            for index in 0..<Int(test.count) { expected[place + index] = index % 8 == 0 ? 7 : 0 }
        }
        #expect(run.packet == expected)
    }

    private static func call(_ helper: HelperPrototype, _ test: Bytes) -> [Instruction] {
        [
            .store(.double, .r10, -16, 7), .store(.double, .r10, -8, 7), .loadWide(.r2, .value(test.offset)),
            .move(.r3, .register(.r10)), .alu(.add, .r3, -16), .move(.r4, .immediate(test.count)),
            .call(helper: helper.id),
        ]
    }
}
