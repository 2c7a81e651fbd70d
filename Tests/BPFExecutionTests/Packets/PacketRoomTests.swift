import BPFExecution
import BPFModel
import Testing

/// Helpers that make socket buffers longer and shorter.
@Suite struct PacketRoomTests {
    struct Case: Sendable {
        let calls: [(HelperPrototype, [UInt64])]
        var packet = Frame.ipv4
        let result: Int64
        /// The packet afterwards; nil where it stays.
        var after: [UInt8]?
        /// The EtherType afterwards; nil where it stays.
        var type: UInt16?
    }

    static let encapsulation: (HelperPrototype, [UInt64]) = (.adjustRoom, [40, 1, 2])
    private static func difference(_ count: Int64) -> UInt64 { UInt64(bitPattern: count) }
    private static func v4(_ bytes: Int, at offset: Int) -> [UInt8] {
        Frame.inserting(Frame.zeros(bytes), at: offset, into: Frame.ipv4)
    }

    static let ends: [Case] = [
        Case(calls: [(.changeTail, [40, 0])], result: 0, after: Array(Frame.ipv4.prefix(40))),
        Case(calls: [(.changeTail, [0x1_0000_0028, 0])], result: 0, after: Array(Frame.ipv4.prefix(40))),
        Case(calls: [(.changeTail, [14, 0])], result: 0, after: Array(Frame.ipv4.prefix(14))),
        Case(calls: [(.changeTail, [13, 0])], result: Errno.invalid.negated),
        Case(calls: [(.changeTail, [60, 0])], result: 0),
        Case(calls: [(.changeTail, [64, 0])], result: 0, after: Frame.ipv4 + Frame.zeros(4)),
        Case(calls: [(.changeTail, [16064, 0])], result: 0, after: Frame.ipv4 + Frame.zeros(16004)),
        Case(calls: [(.changeTail, [16065, 0])], result: Errno.invalid.negated),
        Case(calls: [(.changeTail, [40, 1])], result: Errno.invalid.negated),
        Case(
            calls: [(.changeTail, [40, 0]), (.changeTail, [60, 0])], result: 0,
            after: Frame.ipv4.prefix(40) + Frame.zeros(20)),
        Case(calls: [(.changeHead, [8, 0])], result: 0, after: v4(8, at: 0)),
        Case(calls: [(.changeHead, [0, 0])], result: 0),
        Case(calls: [(.changeHead, [16004, 0])], result: 0, after: v4(16004, at: 0)),
        Case(calls: [(.changeHead, [16005, 0])], result: Errno.invalid.negated),
        Case(calls: [(.changeHead, [.max, 0])], result: Errno.invalid.negated),
        Case(calls: [(.changeHead, [8, 1])], result: Errno.invalid.negated),
        // The network header is where it was.
        Case(
            calls: [(.changeHead, [8, 0]), (.changeTail, [21, 0])], result: Errno.invalid.negated, after: v4(8, at: 0)),
        Case(
            calls: [(.changeHead, [8, 0]), (.changeTail, [22, 0])], result: 0, after: Array(v4(8, at: 0).prefix(22))),
        Case(calls: [(.pullData, [0])], result: 0),
        Case(calls: [(.pullData, [60])], result: 0),
        Case(calls: [(.pullData, [61])], result: Errno.noMemory.negated),
        Case(calls: [(.pullData, [UInt64(UInt32.max)])], result: Errno.noMemory.negated),
    ]

    static let rooms: [Case] = [
        Case(calls: [(.adjustRoom, [8, 0, 0])], result: 0, after: v4(8, at: 34)),
        Case(calls: [(.adjustRoom, [8, 1, 0])], result: 0, after: v4(8, at: 14)),
        Case(calls: [(.adjustRoom, [8, 2, 0])], result: Errno.unsupported.negated),
        Case(calls: [(.adjustRoom, [0, 0, 0])], result: 0),
        Case(calls: [(.adjustRoom, [4095, 1, 0])], result: 0, after: v4(4095, at: 14)),
        Case(calls: [(.adjustRoom, [4096, 1, 0])], result: Errno.fault.negated),
        Case(calls: [(.adjustRoom, [4096, 2, 0])], result: Errno.fault.negated),
        Case(
            calls: [(.adjustRoom, [difference(-8), 0, 0])], result: 0,
            after: Array(Frame.ipv4[..<34] + Frame.ipv4[42...])),
        Case(
            calls: [(.adjustRoom, [difference(-8), 1, 0])], result: 0,
            after: Array(Frame.ipv4[..<14] + Frame.ipv4[22...])),
        Case(
            calls: [(.adjustRoom, [difference(-26), 1, 0])], result: 0,
            after: Array(Frame.ipv4[..<14] + Frame.ipv4[40...])),
        Case(calls: [(.adjustRoom, [difference(-27), 1, 0])], result: Errno.unsupported.negated),
        Case(
            calls: [(.adjustRoom, [difference(-6), 0, 0])], packet: Frame.ipv6, result: 0,
            after: Array(Frame.ipv6[..<54])),
        Case(calls: [(.adjustRoom, [difference(-7), 0, 0])], packet: Frame.ipv6, result: Errno.unsupported.negated),
        Case(calls: [(.adjustRoom, [8, 0, 0])], packet: Frame.arp, result: Errno.unsupported.negated),
        Case(calls: [(.adjustRoom, [8, 0, 0x200])], result: Errno.invalid.negated),
        // Encapsulation.
        Case(calls: [encapsulation], result: 0, after: v4(40, at: 14)),
        Case(calls: [(.adjustRoom, [40, 1, 4])], result: 0, after: v4(40, at: 14), type: 0x86dd),
        Case(calls: [(.adjustRoom, [40, 1, 6])], result: Errno.invalid.negated),
        Case(calls: [(.adjustRoom, [40, 1, 2 | 8 | 16])], result: Errno.invalid.negated),
        Case(calls: [(.adjustRoom, [40, 1, 2 | 64])], result: Errno.invalid.negated),
        Case(calls: [(.adjustRoom, [40, 1, 2 | 64 | 14 << 56])], result: 0, after: v4(40, at: 14)),
        Case(calls: [(.adjustRoom, [40, 1, 2 | 41 << 56])], result: Errno.invalid.negated),
        Case(calls: [encapsulation, encapsulation], result: Errno.already.negated, after: v4(40, at: 14)),
        Case(
            calls: [encapsulation, (.changeTail, [100, 0])], result: Errno.unsupported.negated, after: v4(40, at: 14)),
        Case(calls: [(.adjustRoom, [difference(-8), 1, 2])], result: Errno.invalid.negated),
        // Decapsulation.
        Case(
            calls: [(.adjustRoom, [difference(-8), 1, 128])], result: 0,
            after: Array(Frame.ipv4[..<14] + Frame.ipv4[22...])),
        Case(
            calls: [(.adjustRoom, [difference(-6), 1, 256])], result: 0,
            after: Array(Frame.ipv4[..<14] + Frame.ipv4[20...]), type: 0x86dd),
        Case(calls: [(.adjustRoom, [difference(-8), 1, 256])], result: Errno.unsupported.negated),
        Case(calls: [(.adjustRoom, [difference(-8), 1, 384])], result: Errno.invalid.negated),
        Case(calls: [(.adjustRoom, [8, 1, 128])], result: Errno.invalid.negated),
    ]

    static let protocols: [Case] = [
        Case(calls: [(.changeProtocol, [0xdd86, 0])], result: 0, after: v4(20, at: 14), type: 0x86dd),
        Case(
            calls: [(.changeProtocol, [0x0008, 0])], packet: Frame.ipv6, result: 0,
            after: Array(Frame.ipv6[..<14] + Frame.ipv6[34...]), type: 0x0800),
        Case(calls: [(.changeProtocol, [0x0008, 0])], result: Errno.unsupported.negated),
        Case(calls: [(.changeProtocol, [0xdd86, 0])], packet: Frame.arp, result: Errno.unsupported.negated),
        Case(calls: [(.changeProtocol, [0xdd86, 1])], result: Errno.invalid.negated),
        Case(
            calls: [(.changeProtocol, [0x0008, 0])], packet: Array(Frame.ipv6.prefix(33)),
            result: Errno.noMemory.negated),
    ]

    @Test(arguments: Engine.allCases, ends + rooms + protocols)
    func lengths(engine: Engine, test: Case) throws {
        var metadata = PacketMetadata()
        metadata.originalLength = UInt32(test.packet.count)
        let run = try HelperRun(engine, .schedCls, test.packet, test.calls, metadata: metadata)
        #expect(run.result == test.result)
        #expect(run.packet == test.after ?? test.packet)
        #expect(run.outcome.metadata.originalLength == UInt32(run.packet.count))
        let type = UInt16(test.packet[12]) << 8 | UInt16(test.packet[13])
        #expect(run.outcome.metadata.etherType == test.type ?? type)
    }

    /// Of a packet that was cut short, the bytes that weren't captured come and go first.
    @Test(
        arguments: Engine.allCases,
        [(40, 40, 40), (80, 60, 80), (100, 60, 100), (120, 60, 120)] as [(length: UInt64, captured: Int, full: UInt32)])
    func tailsOfCutPackets(engine: Engine, test: (length: UInt64, captured: Int, full: UInt32)) throws {
        var metadata = PacketMetadata()
        metadata.originalLength = 100
        let run = try HelperRun(
            engine, .schedCls, Frame.ipv4, [(.changeTail, [test.length, 0])], metadata: metadata)
        #expect(run.result == 0)
        #expect(run.packet == Array(Frame.ipv4.prefix(test.captured)))
        #expect(run.outcome.metadata.originalLength == test.full)
    }

    /// Only tags make a packet longer than the longest, and it moves about in its memory as it must.
    @Test(arguments: Engine.allCases)
    func packetsMoveAbout(engine: Engine) throws {
        let run = try HelperRun(
            engine, .schedCls, Frame.ipv4,
            [(.changeHead, [16004, 0])]
                + [(HelperPrototype, [UInt64])](repeating: (.pushVLAN, [0x0081, 5]), count: 101)
                + [(.changeHead, [1, 0])])
        #expect(run.result == Errno.invalid.negated)
        #expect(run.packet.count == 16064 + 400)
        #expect(run.packet.suffix(60) == Frame.ipv4[...])
    }
}
