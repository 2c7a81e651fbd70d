/// Writes the bytes of capture files, well-formed or not, in either byte order.
struct FileBytes {
    typealias Bytes = [UInt8]

    var bigEndian = false

    func number(_ value: Int, bytes count: Int) -> Bytes {
        let little = (0..<count).map { UInt8(truncatingIfNeeded: value >> (8 * $0)) }
        return bigEndian ? little.reversed() : little
    }
    func u16(_ value: Int) -> Bytes { number(value, bytes: 2) }
    func u32(_ value: Int) -> Bytes { number(value, bytes: 4) }

    // MARK: pcap

    func pcapHeader(magic: Int = 0xa1b2_c3d4, snapLength: Int = 262_144, linkType: Int) -> Bytes {
        u32(magic) + u16(2) + u16(4) + u32(0) + u32(0) + u32(snapLength) + u32(linkType)
    }

    /// A record; `length` is the length on the wire, `claim` what the header says was captured.
    func pcapRecord(_ data: Bytes, at time: Int, _ fraction: Int, length: Int? = nil, claim: Int? = nil) -> Bytes {
        u32(time) + u32(fraction) + u32(claim ?? data.count) + u32(length ?? data.count) + data
    }

    /// A record of the modified format: interface index, protocol, packet type and a pad byte before the data.
    func modifiedRecord(_ data: Bytes, at time: Int, _ fraction: Int) -> Bytes {
        u32(time) + u32(fraction) + u32(data.count) + u32(data.count) + u32(2) + u16(0x0800) + [0, 0] + data
    }

    /// A file of one link type, a packet every millisecond from 2020-01-01 on.
    func pcap(_ packets: [Bytes], magic: Int = 0xa1b2_c3d4, linkType: Int = 1) -> Bytes {
        pcapHeader(magic: magic, linkType: linkType)
            + packets.enumerated().flatMap { pcapRecord($1, at: FileBytes.start, $0 * 1000) }
    }

    /// 2020-01-01 00:00:00 UTC.
    static let start = 1_577_836_800

    // MARK: pcapng

    func block(_ type: Int, _ body: Bytes, claim: Int? = nil) -> Bytes {
        let padded = body + Bytes(repeating: 0, count: -body.count & 3)
        let length = claim ?? padded.count + 12
        return u32(type) + u32(length) + padded + u32(length)
    }

    func option(_ code: Int, _ value: Bytes) -> Bytes {
        u16(code) + u16(value.count) + value + Bytes(repeating: 0, count: -value.count & 3)
    }
    var endOfOptions: Bytes { u16(0) + u16(0) }

    func section(comment: String) -> Bytes {
        block(
            0x0a0d_0d0a,
            u32(0x1a2b_3c4d) + u16(1) + u16(0) + Bytes(repeating: 0xff, count: 8)
                + option(1, Bytes(comment.utf8)) + endOfOptions)
    }

    func interface(_ linkType: Int, name: String, resolution: UInt8? = nil, offset: Int? = nil) -> Bytes {
        var options = option(2, Bytes(name.utf8))
        if let resolution { options += option(9, [resolution]) }
        if let offset { options += option(14, number(offset, bytes: 8)) }
        return block(1, u16(linkType) + u16(0) + u32(0) + options + endOfOptions)
    }

    func enhancedPacket(_ data: Bytes, interface: Int, ticks: Int, comment: String? = nil) -> Bytes {
        let padded = data + Bytes(repeating: 0, count: -data.count & 3)
        let options = comment.map { option(1, Bytes($0.utf8)) + endOfOptions } ?? []
        return block(
            6, u32(interface) + u32(ticks >> 32) + u32(ticks) + u32(data.count) + u32(data.count) + padded + options)
    }

    func simplePacket(_ data: Bytes) -> Bytes { block(3, u32(data.count) + data) }

    func obsoletePacket(_ data: Bytes, interface: Int, ticks: Int) -> Bytes {
        let padded = data + Bytes(repeating: 0, count: -data.count & 3)
        return block(
            2,
            u16(interface) + u16(0) + u32(ticks >> 32) + u32(ticks) + u32(data.count) + u32(data.count) + padded)
    }
}
