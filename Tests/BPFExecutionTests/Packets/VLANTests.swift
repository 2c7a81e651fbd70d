import BPFExecution
import BPFModel
import Testing

/// VLAN tags: the outermost one is beside the packet, the others are in it.
@Suite struct VLANTests {
    struct Case: Sendable {
        var packet = Frame.ipv4
        let calls: [(HelperPrototype, [UInt64])]
        var result: Int64 = 0
        var after: [UInt8]?
        /// The tag beside the packet afterwards.
        var tag: (type: UInt16, control: UInt16)?
        /// The EtherType afterwards.
        var type: UInt16 = 0x0800
    }

    private static let customer: UInt64 = 0x0081
    private static let service: UInt64 = 0xa888
    private static func tagged(_ tags: [UInt8], _ packet: [UInt8] = Frame.ipv4) -> [UInt8] {
        Frame.inserting(tags, at: 12, into: packet)
    }
    private static func push(_ type: UInt64, _ control: UInt64) -> (HelperPrototype, [UInt64]) {
        (.pushVLAN, [type, control])
    }
    private static let pop: (HelperPrototype, [UInt64]) = (.popVLAN, [])

    static let cases: [Case] = [
        Case(calls: [push(customer, 5)], tag: (0x8100, 5)),
        Case(calls: [push(service, 0x2005)], tag: (0x88a8, 0x2005)),
        Case(calls: [push(0, 0x1_0005)], tag: (0x8100, 5)),
        Case(
            calls: [push(customer, 5), push(service, 6)], after: tagged([0x81, 0, 0, 5]), tag: (0x88a8, 6),
            type: 0x8100),
        Case(calls: [push(customer, 5), push(service, 6), pop], tag: (0x8100, 5)),
        Case(calls: [push(customer, 5), push(service, 6), pop, pop]),
        Case(calls: [push(customer, 5), pop, pop, pop]),
        Case(calls: [pop]),
        Case(packet: tagged([0x81, 0, 0, 7]), calls: [pop], after: Frame.ipv4),
        Case(
            packet: tagged([0x88, 0xa8, 0, 7, 0x81, 0, 0x20, 9]), calls: [pop], after: Frame.ipv4,
            tag: (0x8100, 0x2009)),
        Case(packet: tagged([0x88, 0xa8, 0, 7, 0x81, 0, 0, 9]), calls: [pop, pop], after: Frame.ipv4),
        Case(
            packet: tagged([0x81, 0, 0, 7]), calls: [push(customer, 5), push(customer, 9)],
            after: tagged([0x81, 0, 0, 5, 0x81, 0, 0, 7]), tag: (0x8100, 9), type: 0x8100),
        // What is behind the tag is no EtherType, but a length.
        Case(packet: tagged([0x81, 0, 0, 7], Frame.ethernet(32)), calls: [pop], after: Frame.ethernet(32), type: 4),
        Case(
            packet: Array(tagged([0x81, 0, 0, 7]).prefix(17)), calls: [pop], result: Errno.noMemory.negated,
            type: 0x8100),
    ]

    @Test(arguments: Engine.allCases, cases)
    func tags(engine: Engine, test: Case) throws {
        let run = try HelperRun(engine, .schedCls, test.packet, test.calls)
        #expect(run.result == test.result)
        #expect(run.packet == test.after ?? test.packet)
        #expect(run.outcome.metadata.vlanTCI == test.tag?.control)
        #expect(run.outcome.metadata.vlanProtocol == test.tag?.type ?? 0)
        #expect(run.outcome.metadata.etherType == test.type)
    }

    /// A tag that was taken out before the program saw the packet is the outermost one.
    @Test(arguments: Engine.allCases)
    func tagsThatWereTakenOut(engine: Engine) throws {
        var metadata = PacketMetadata()
        metadata.vlanTCI = 3
        metadata.vlanProtocol = 0x8100
        let popped = try HelperRun(engine, .schedCls, Frame.ipv4, [Self.pop], metadata: metadata)
        #expect(popped.packet == Frame.ipv4)
        #expect(popped.outcome.metadata.vlanTCI == nil)
        let pushed = try HelperRun(engine, .schedCls, Frame.ipv4, [Self.push(Self.customer, 4)], metadata: metadata)
        #expect(pushed.packet == Self.tagged([0x81, 0, 0, 3]))
        #expect(pushed.outcome.metadata.vlanTCI == 4)
    }
}
