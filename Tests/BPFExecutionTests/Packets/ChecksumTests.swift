import BPFExecution
import BPFModel
import Testing

/// Checksums in packets stay true, and sums are those of RFC 1071.
@Suite struct ChecksumTests {
    /// The checksum of bytes, by the definition.
    private static func checksum(_ bytes: some Collection<UInt8>) -> UInt16 {
        var sum: UInt32 = 0
        for (index, byte) in bytes.enumerated() { sum += UInt32(byte) << (index % 2 == 0 ? 8 : 0) }
        while sum > 0xffff { sum = sum & 0xffff + sum >> 16 }
        return ~UInt16(sum)
    }

    /// A packet with an IPv4 header whose checksum is right.
    private static let packet: [UInt8] = {
        var packet = Frame.ipv4
        packet.replaceSubrange(24..<26, with: [0, 0])
        let sum = checksum(packet[14..<34])
        packet.replaceSubrange(24..<26, with: [UInt8(sum >> 8), UInt8(sum & 0xff)])
        return packet
    }()

    private static func word(_ offset: Int, _ count: Int) -> UInt64 {
        packet[offset..<(offset + count)].reversed().reduce(0) { $0 << 8 | UInt64($1) }
    }

    /// An address or a half of it is replaced, and the checksum stays right.
    @Test(arguments: Engine.allCases, [HelperPrototype.replaceNetworkChecksum, .replaceTransportChecksum])
    func replaced(engine: Engine, helper: HelperPrototype) throws {
        for (count, new) in [(2, 0x3412), (4, 0x7856_3412), (4, 0), (2, 0xffff)] as [(Int, UInt64)] {
            let run = try HelperRun(
                engine, .schedCls, Self.packet, [(helper, [24, Self.word(26, count), new, UInt64(count)])])
            #expect(run.result == 0)
            var packet = run.packet
            for index in 0..<count { packet[26 + index] = UInt8(truncatingIfNeeded: new >> (8 * UInt64(index))) }
            #expect(Self.checksum(packet[14..<34]) == 0)
        }
        // The same by the sum of the changes.
        let sum = (UInt64(~UInt32(Self.word(26, 4))) + 0x7856_3412) % 0xffff_ffff
        let run = try HelperRun(engine, .schedCls, Self.packet, [(helper, [24, 0, sum, 0])])
        var packet = run.packet
        packet.replaceSubrange(26..<30, with: [0x12, 0x34, 0x56, 0x78])
        #expect(Self.checksum(packet[14..<34]) == 0)
    }

    struct Refusal: Sendable {
        let helper: HelperPrototype
        let arguments: [UInt64]
        let error: Errno
    }

    static let refusals: [Refusal] =
        [HelperPrototype.replaceNetworkChecksum, .replaceTransportChecksum].flatMap {
            helper in
            [
                Refusal(helper: helper, arguments: [24, 0, 0, 3], error: .invalid),
                Refusal(helper: helper, arguments: [24, 1, 0, 0], error: .invalid),
                Refusal(helper: helper, arguments: [24, 0, 0, 0x102], error: .invalid),
                Refusal(helper: helper, arguments: [23, 0, 0, 2], error: .fault),
                Refusal(helper: helper, arguments: [60, 0, 0, 2], error: .fault),
                Refusal(helper: helper, arguments: [0x1_0000, 0, 0, 2], error: .fault),
            ]
        } + [Refusal(helper: .replaceNetworkChecksum, arguments: [24, 0, 0, 0x12], error: .invalid)]

    @Test(arguments: Engine.allCases, refusals)
    func refused(engine: Engine, test: Refusal) throws {
        let run = try HelperRun(engine, .schedCls, Self.packet, [(test.helper, test.arguments)])
        #expect(run.result == test.error.negated)
        #expect(run.packet == Self.packet)
    }

    /// A field of 0 is no checksum where the flag says so, and a sum of 0 becomes 0xffff.
    @Test(
        arguments: Engine.allCases,
        [
            (field: 0, from: 0, to: 5, flags: 0x22, after: 0), (0, 0, 5, 0x02, 0xfffa), (0, 0, 5, 0x62, 0xfffa),
            (0x0005, 0, 5, 0x22, 0xffff), (0x0005, 0, 5, 0x02, 0), (0x0005, 0, 5, 0x32, 0xffff),
            (0x0005, 0, 5, 0x82, 0),
        ] as [(field: UInt16, from: UInt64, to: UInt64, flags: UInt64, after: UInt16)])
    func zeros(
        engine: Engine, test: (field: UInt16, from: UInt64, to: UInt64, flags: UInt64, after: UInt16)
    ) throws {
        var packet = Self.packet
        packet.replaceSubrange(40..<42, with: [UInt8(test.field & 0xff), UInt8(test.field >> 8)])
        let run = try HelperRun(
            engine, .schedCls, packet, [(.replaceTransportChecksum, [40, test.from, test.to, test.flags])])
        #expect(run.result == 0)
        #expect(UInt16(run.packet[40]) | UInt16(run.packet[41]) << 8 == test.after)
    }

    /// The change from eight bytes of the stack to eight others.
    @Test(
        arguments: Engine.allCases,
        [
            (from: 0, to: 0, seed: 0x1_2345, result: 0x2346), (0, 4, 0, 0x3333), (0, 8, 0, 0x5555),
            (0, 8, 0xffff, 0x5555), (4, 0, 0, 0xdddd), (4, 4, 0, 0x1111), (8, 4, 7, 0xaab1), (3, 4, 0, 0x2211),
            (4, 6, 0, 0x2222), (4, 0, 5, 0xdde2), (0, 4, -1, 0x3333),
        ] as [(from: Int32, to: Int32, seed: Int32, result: Int64)])
    func differences(engine: Engine, test: (from: Int32, to: Int32, seed: Int32, result: Int64)) throws {
        let run = try HelperRun(
            engine, .schedCls, Frame.ipv4,
            code: [
                .store(.word, .r10, -16, 0x1111_1111), .store(.word, .r10, -12, 0x3333_3333),
                .store(.word, .r10, -8, 0x1111_2222), .store(.word, .r10, -4, 0x1111_1111),
                .move(.r1, .register(.r10)), .alu(.add, .r1, -16), .move(.r2, .immediate(test.from)),
                .move(.r3, .register(.r10)), .alu(.add, .r3, -8), .move(.r4, .immediate(test.to)),
                .move(.r5, .immediate(test.seed)), .call(helper: HelperPrototype.checksumDifference.id), .exit,
            ])
        #expect(run.result == test.result)
    }

    @Test(arguments: Engine.allCases)
    func nothingToUpdate(engine: Engine) throws {
        #expect(
            try HelperRun(engine, .schedCls, Frame.ipv4, [(.updateChecksum, [5])]).result == Errno.unsupported.negated)
    }
}
