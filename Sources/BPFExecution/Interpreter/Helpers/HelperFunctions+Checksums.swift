import BPFModel

// The helpers that compute checksums and keep those in packets true.
extension HelperFunctions {
    static let checksums: [HelperImplementation] = unsafe [
        HelperImplementation(.replaceNetworkChecksum) { _, offset, from, to, flags, state in
            unsafe attempt(state) { (packet) throws(Errno) in
                try replaceChecksum(packet, offset.word, from, to, flags, allowed: .size)
            }
        },
        HelperImplementation(.replaceTransportChecksum) { _, offset, from, to, flags, state in
            unsafe attempt(state) { (packet) throws(Errno) in
                try replaceChecksum(packet, offset.word, from, to, flags, allowed: .transport)
            }
        },
        HelperImplementation(.checksumDifference) { from, fromSize, to, toSize, seed, _ in
            checksumDifference(from, fromSize.word, to, toSize.word, seed.word)
        },
        // Hosts compute no checksum over packets that could be added to.
        HelperImplementation(.updateChecksum) { _, _, _, _, _, _ in Errno.unsupported.helperResult },
    ]

    /// How a checksum is replaced.
    private struct ChecksumFlags: OptionSet {
        let rawValue: UInt64
        /// How many bytes change: 2, 4, or 0 where a sum of changes is given.
        static let size = ChecksumFlags(rawValue: 0xf)
        /// The change is in the pseudo header, which matters only where a network card has summed the packet.
        static let pseudoHeader = ChecksumFlags(rawValue: 1 << 4)
        /// A field of 0 means that there is no checksum: it stays, and a sum of 0 is written as 0xffff.
        static let zeroMeansNone = ChecksumFlags(rawValue: 1 << 5)
        /// There is a checksum, even if the field is 0.
        static let enforces = ChecksumFlags(rawValue: 1 << 6)
        /// The datagram is IPv6, which matters only where a network card has summed the packet.
        static let ipv6 = ChecksumFlags(rawValue: 1 << 7)
        static let transport: ChecksumFlags = [.size, .pseudoHeader, .zeroMeansNone, .enforces, .ipv6]
    }

    private static func replaceChecksum(
        _ packet: PacketEditor, _ offset: UInt32, _ from: UInt64, _ to: UInt64, _ rawFlags: UInt64,
        allowed: ChecksumFlags
    ) throws(Errno) {
        let flags = ChecksumFlags(rawValue: rawFlags)
        guard allowed.isSuperset(of: flags) else { throw .invalid }
        let place = UInt64(offset)
        guard place <= 0xffff, place & 1 == 0, packet.holds(2, at: place) else { throw .fault }
        let field = packet.half(at: place)
        if flags.contains(.zeroMeansNone), !flags.contains(.enforces), field == 0 { return }
        var replaced: UInt16
        switch flags.intersection(.size).rawValue {
        case 0:
            guard from == 0 else { throw .invalid }
            replaced = InternetChecksum.adding(to.word, to: field)
        case 2:
            replaced = InternetChecksum.replacing(
                UInt16(truncatingIfNeeded: from), by: UInt16(truncatingIfNeeded: to), in: field)
        case 4: replaced = InternetChecksum.replacing(from.word, by: to.word, in: field)
        default: throw .invalid
        }
        if flags.contains(.zeroMeansNone), replaced == 0 { replaced = 0xffff }
        packet.setHalf(at: place, replaced)
    }

    private static func checksumDifference(
        _ from: UInt64, _ fromSize: UInt32, _ to: UInt64, _ toSize: UInt32, _ seed: UInt32
    ) -> UInt64 {
        let total: UInt32
        switch (fromSize, toSize) {
        case (0, _): total = sum(of: to, toSize, seed)
        // The complement of a sum, not a difference, which for zeros is another zero.
        case (_, 0): total = ~sum(of: from, fromSize, ~seed)
        default: total = InternetChecksum.difference(sum(of: to, toSize, seed), sum(of: from, fromSize, 0))
        }
        return UInt64(InternetChecksum.folded(total))
    }

    /// The sum of a program's memory, filled up with zeros.
    private static func sum(of address: UInt64, _ size: UInt32, _ seed: UInt32) -> UInt32 {
        var sum = seed
        var offset: UInt64 = 0
        while offset &+ 4 <= UInt64(size) {
            sum = unsafe InternetChecksum.sum(sum, pointer(address &+ offset).loadUnaligned(as: UInt32.self))
            offset &+= 4
        }
        var rest: UInt32 = 0
        for place in offset..<UInt64(size) {
            rest |= unsafe UInt32(pointer(address &+ place).load(as: UInt8.self)) &<< UInt32((place &- offset) &* 8)
        }
        return InternetChecksum.sum(sum, rest)
    }
}
