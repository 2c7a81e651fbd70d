import PacketBuffers

/// The header of an empty capture file: a handle on it compiles as for the packets of such a file.
struct SavefileHeader {
    var linkType: LinkType
    var snapLength: Int32
    var isSwapped: Bool

    /// Magic, version 2.4, zone, accuracy, snapshot length and link type, in this machine's byte order or the other.
    var bytes: [UInt8] {
        let words: [UInt32] = [0xa1b2_c3d4, 0, 0, 0, UInt32(bitPattern: snapLength), UInt32(linkType.rawValue)]
        var bytes: [UInt8] = []
        for word in words { append(word, to: &bytes) }
        bytes.replaceSubrange(4..<8, with: half(2) + half(4))
        return bytes
    }

    private func append(_ word: UInt32, to bytes: inout [UInt8]) {
        let ordered = isSwapped ? word.bigEndian : word.littleEndian
        for shift in stride(from: UInt32(0), to: 32, by: 8) {
            bytes.append(UInt8(truncatingIfNeeded: ordered >> shift))
        }
    }

    private func half(_ number: UInt16) -> [UInt8] {
        let ordered = isSwapped ? number.bigEndian : number.littleEndian
        return [UInt8(truncatingIfNeeded: ordered), UInt8(truncatingIfNeeded: ordered >> 8)]
    }
}
