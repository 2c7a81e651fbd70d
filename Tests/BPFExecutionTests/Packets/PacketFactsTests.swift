import BPFExecution
import BPFMaps
import BPFModel
import BPFVerifier
import PacketBuffers
import Testing

/// What helpers tell and change of a packet's circumstances, and where they send it.
@Suite struct PacketFactsTests {
    @Test(
        arguments: Engine.allCases,
        [(0, 3, 0), (3, 0, 0), (2, 1, 0), (0, 4, -22), (4, 0, -22), (0, 0x1_0000_0002, 0)]
            as [(before: UInt32, after: UInt64, result: Int64)])
    func types(engine: Engine, test: (before: UInt32, after: UInt64, result: Int64)) throws {
        var metadata = PacketMetadata()
        metadata.packetType = test.before
        let run = try HelperRun(engine, .schedCls, Frame.ipv4, [(.changeType, [test.after])], metadata: metadata)
        #expect(run.result == test.result)
        #expect(run.outcome.metadata.packetType == (test.result == 0 ? test.after.low : test.before))
    }

    @Test(arguments: Engine.allCases, [ProgramType.schedCls, .socketFilter])
    func sockets(engine: Engine, type: ProgramType) throws {
        let cookie: [(HelperPrototype, [UInt64])] = [(.socketCookie, [])]
        let user: [(HelperPrototype, [UInt64])] = [(.socketUser, [])]
        #expect(try HelperRun(engine, type, Frame.ipv4, cookie).result == 0)
        #expect(try HelperRun(engine, type, Frame.ipv4, user).result == 65534)
        var metadata = PacketMetadata()
        metadata.socketCookie = 0x1_0000_0005
        metadata.socketUser = 1000
        #expect(try HelperRun(engine, type, Frame.ipv4, cookie, metadata: metadata).result == 0x1_0000_0005)
        #expect(try HelperRun(engine, type, Frame.ipv4, user, metadata: metadata).result == 1000)
    }

    // MARK: The flow hash

    private static func udp(from: UInt8, _ fromPort: UInt8, to: UInt8, _ toPort: UInt8) -> [UInt8] {
        var packet = Frame.ipv4
        packet.replaceSubrange(
            14..<38,
            with: [
                0x45, 0, 0, 46, 0, 0, 0, 0, 64, 17, 0, 0, 10, 0, 0, from, 10, 0, 0, to, 0, fromPort, 0, toPort,
            ])
        return packet
    }

    @Test(arguments: Engine.allCases)
    func hashes(engine: Engine) throws {
        func hash(_ packet: [UInt8], known: UInt32 = 0) throws -> Int64 {
            var metadata = PacketMetadata()
            metadata.hash = known
            let run = try HelperRun(engine, .schedCls, packet, [(.hash, [])], metadata: metadata)
            #expect(Int64(run.outcome.metadata.hash) == run.result)
            return run.result
        }
        let flow = try hash(Self.udp(from: 1, 53, to: 2, 99))
        #expect(flow != 0)
        #expect(try hash(Self.udp(from: 2, 99, to: 1, 53)) == flow)
        #expect(try hash(Self.udp(from: 1, 99, to: 2, 53)) != flow)
        #expect(try hash(Self.udp(from: 1, 53, to: 3, 99)) != flow)
        #expect(try hash(Frame.arp) != 0)
        #expect(try hash(Self.udp(from: 1, 53, to: 2, 99), known: 12345) == 12345)
        let forgotten = try HelperRun(engine, .schedCls, Frame.arp, [(.hash, []), (.forgetHash, [])])
        #expect(forgotten.outcome.metadata.hash == 0)
    }

    // MARK: Redirects

    @Test(
        arguments: Engine.allCases,
        [
            (.schedCls, 0, 7, .interface(3, ingress: false)), (.schedCls, 1, 7, .interface(3, ingress: true)),
            (.schedCls, 2, 2, nil), (.xdp, 0, 4, .interface(3, ingress: false)), (.xdp, 1, 0, nil),
        ] as [(ProgramType, UInt64, Int64, PacketRedirect?)])
    func redirects(engine: Engine, test: (ProgramType, UInt64, Int64, PacketRedirect?)) throws {
        let worker = Worker()
        let run = try HelperRun(engine, test.0, Frame.ipv4, [(.redirect, [3, test.1])], worker: worker)
        #expect(run.result == test.2)
        #expect(run.outcome.redirect == test.3)
        // It is forgotten with the next packet, and counts only where the program's result says so.
        let next = try HelperRun(engine, test.0, Frame.ipv4, code: [.move(.r0, 7), .exit], worker: worker)
        #expect(next.outcome.redirect == nil)
        let other = try HelperRun(
            engine, test.0, Frame.ipv4,
            code: [.move(.r1, 3), .move(.r2, 0), .call(helper: HelperPrototype.redirect.id), .move(.r0, 1), .exit])
        #expect(other.outcome.redirect == nil)
    }

    @Test(
        arguments: Engine.allCases,
        [
            (5, 0, 4, .entry(key: 5, value: 42)), (0x1_0000_0005, 0, 4, .entry(key: 5, value: 42)), (6, 0, 0, nil),
            (6, 2, 2, nil), (5, 4, 0, nil), (5, 32, 0, nil), (6, 8, 4, .broadcast(map: 1, exceptIngress: false)),
            (6, 24, 4, .broadcast(map: 1, exceptIngress: true)),
        ] as [(UInt64, UInt64, Int64, PacketRedirect?)])
    func redirectsByMap(engine: Engine, test: (UInt64, UInt64, Int64, PacketRedirect?)) throws {
        let map = try Map(MapSpec(type: .devmapHash, keySize: 4, valueSize: 4, maxEntries: 4))
        try map.update([5, 0, 0, 0], [42, 0, 0, 0])
        let run = try HelperRun(
            engine, .xdp, Frame.ipv4,
            code: [
                .loadWide(.r1, .map(1)), .loadWide(.r2, .value(test.0)), .loadWide(.r3, .value(test.1)),
                .call(helper: HelperPrototype.redirectMap.id), .exit,
            ], maps: [1: map])
        #expect(run.result == test.2)
        #expect(run.outcome.redirect == test.3)
    }

    @Test(arguments: Engine.allCases)
    func clones(engine: Engine) throws {
        func send(_ interface: UInt64, _ flags: UInt64, _ worker: Worker = Worker()) throws -> Int64 {
            try HelperRun(
                engine, .schedCls, Frame.ipv4,
                [(.pushVLAN, [0x0081, 5]), (.changeTail, [20, 0]), (.cloneRedirect, [interface, flags])],
                worker: worker
            ).result
        }
        #expect(try send(3, 0) == 0)
        #expect(try send(0, 0) == Errno.invalid.negated)
        #expect(try send(3, 2) == Errno.invalid.negated)
        let worker = Worker()
        var taken: [PacketClone] = []
        worker.onClone = { clone in
            taken.append(clone)
            return clone.interface == 9 ? .invalid : nil
        }
        #expect(try send(3, 1, worker) == 0)
        #expect(try send(9, 0, worker) == Errno.invalid.negated)
        #expect(taken.map(\.interface) == [3, 9])
        #expect(taken.map(\.ingress) == [true, false])
        for clone in taken {
            #expect(clone.packet == Array(Frame.ipv4.prefix(20)))
            #expect(clone.metadata.vlanTCI == 5)
        }
    }
}

extension UInt64 {
    fileprivate var low: UInt32 { UInt32(truncatingIfNeeded: self) }
}
