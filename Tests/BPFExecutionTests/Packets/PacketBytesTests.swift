import BPFExecution
import BPFModel
import Testing

/// Bytes of socket buffers, read and written by helpers, by pointers and by packet loads.
@Suite struct PacketBytesTests {
    struct Store: Sendable {
        let offset: UInt64
        let count: Int32
        var flags: UInt64 = 0
        var error: Errno?
    }

    static let stores: [Store] = [
        Store(offset: 0, count: 16), Store(offset: 44, count: 16), Store(offset: 45, count: 16, error: .fault),
        Store(offset: 60, count: 1, error: .fault), Store(offset: 0x7fff_ffff, count: 1, error: .fault),
        Store(offset: .max, count: 1, error: .fault), Store(offset: 0x1_0000_0002, count: 3),
        Store(offset: 0, count: 4, flags: 1), Store(offset: 0, count: 4, flags: 2),
        Store(offset: 0, count: 4, flags: 3), Store(offset: 0, count: 4, flags: 4, error: .invalid),
        Store(offset: 0, count: 4, flags: 1 << 32, error: .invalid),
    ]

    @Test(arguments: Engine.allCases, stores)
    func storing(engine: Engine, test: Store) throws {
        var metadata = PacketMetadata()
        metadata.hash = 77
        let run = try HelperRun(
            engine, .schedCls, Frame.ipv4,
            code: [
                .store(.double, .r10, -16, 9), .store(.double, .r10, -8, 9), .loadWide(.r2, .value(test.offset)),
                .move(.r3, .register(.r10)), .alu(.add, .r3, -16), .move(.r4, .immediate(test.count)),
                .loadWide(.r5, .value(test.flags)), .call(helper: HelperPrototype.storeBytes.id), .exit,
            ], metadata: metadata)
        #expect(run.result == test.error?.negated ?? 0)
        var expected = Frame.ipv4
        if test.error == nil {
            let place = Int(UInt32(truncatingIfNeeded: test.offset))
            for index in 0..<Int(test.count) { expected[place + index] = index % 8 == 0 ? 9 : 0 }
        }
        #expect(run.packet == expected)
        #expect(run.outcome.metadata.hash == (test.error == nil && test.flags & 2 != 0 ? 0 : 77))
    }

    /// Packet loads after a change see the packet as it is then, from either header.
    @Test(
        arguments: Engine.allCases,
        [
            (.absolute(14), 7), (.absolute(22), 3), (.absolute(67), Int64(Frame.ipv4[59])), (.absolute(68), 0),
            (.absolute(-0x10_0000), 3), (.absolute(-0x20_0000), 0), (.indirect(.r7, 15), 3), (.indirect(.r7, 61), 0),
            (.indirect(.r7, -0x10_0007), 3),
        ] as [(PacketOffset, Int64)])
    func loadsAfterChanges(engine: Engine, test: (PacketOffset, Int64)) throws {
        let run = try HelperRun(
            engine, .schedCls, Frame.ipv4,
            code: [
                .move(.r6, .register(.r1)), .move(.r7, 7), .move(.r2, 8), .move(.r3, 0),
                .call(helper: HelperPrototype.changeHead.id), .loadPacket(.byte, test.0), .exit,
            ])
        #expect(run.result == test.1)
    }

    /// A pointer from before a helper changed the packet leads nowhere, even if nothing moved.
    @Test(arguments: [HelperPrototype.pullData, .popVLAN, .storeBytes, .changeHead])
    func stalePointers(helper: HelperPrototype) throws {
        let spec = ProgramSpec(
            type: .schedCls,
            code: [
                .load(.word, .r7, .r1, 76), .move(.r2, 0), .store(.double, .r10, -8, 0), .move(.r3, .register(.r10)),
                .alu(.add, .r3, -8), .move(.r4, 4), .move(.r5, 0), .call(helper: helper.id), .load(.byte, .r0, .r7, 0),
                .exit,
            ])
        let worker = Worker()
        var packet = Frame.ipv4
        _ = try Executable(unverified: spec).process(&packet, worker: worker)
        guard case .outOfBounds = worker.fault?.reason else {
            Issue.record("\(helper.name): \(String(describing: worker.fault))")
            return
        }
        #expect(worker.fault?.instruction == 8)
    }
}
