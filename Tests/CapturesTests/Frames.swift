/// Builds packets from the inside out: each function puts one header before a payload.
enum Frames {
    typealias Bytes = [UInt8]

    static let here: Bytes = [2, 0, 0, 0, 0, 1]
    static let there: Bytes = [2, 0, 0, 0, 0, 2]

    static func be16(_ value: Int) -> Bytes {
        [UInt8(truncatingIfNeeded: value >> 8), UInt8(truncatingIfNeeded: value)]
    }
    static func be32(_ value: Int) -> Bytes { be16(value >> 16) + be16(value) }

    /// The Internet checksum (RFC 1071).
    static func checksum(_ bytes: Bytes) -> Int {
        var sum = 0
        for index in stride(from: 0, to: bytes.count, by: 2) {
            sum += Int(bytes[index]) << 8 | (index + 1 < bytes.count ? Int(bytes[index + 1]) : 0)
        }
        while sum > 0xffff { sum = sum & 0xffff + sum >> 16 }
        return ~sum & 0xffff
    }

    // MARK: Link layers

    static func ethernet(_ type: Int, _ payload: Bytes, to: Bytes = there, from: Bytes = here) -> Bytes {
        to + from + be16(type) + payload
    }

    /// What follows the EtherType of a tag: the tag itself, then the inner type.
    static func tag(_ vlan: Int, priority: Int = 0, _ inner: Int, _ payload: Bytes) -> Bytes {
        be16(priority << 13 | vlan) + be16(inner) + payload
    }

    static func mpls(_ labels: [Int], _ payload: Bytes) -> Bytes {
        labels.enumerated().flatMap { index, label in
            be32(label << 12 | (index == labels.count - 1 ? 1 << 8 : 0) | 64)
        } + payload
    }

    static func pppoe(session: Int, proto: Int, _ payload: Bytes) -> Bytes {
        [0x11, 0] + be16(session) + be16(payload.count + 2) + be16(proto) + payload
    }

    // MARK: Network layers

    static func address4(_ last: Int) -> Bytes { [192, 0, 2, UInt8(last)] }
    static func address6(_ last: Int) -> Bytes {
        [0x20, 0x01, 0x0d, 0xb8] + Bytes(repeating: 0, count: 11) + [UInt8(last)]
    }

    /// An IPv4 packet between two hosts of 192.0.2.0/24; `fragment` is the whole 16-bit field of flags and offset.
    static func ipv4(
        _ proto: Int, from: Int = 1, to: Int = 2, fragment: Int = 0, options: Bytes = [], _ payload: Bytes
    ) -> Bytes {
        let length = 20 + options.count
        var header: Bytes =
            [UInt8(0x40 | length / 4), 0] + be16(length + payload.count) + be16(0x1234) + be16(fragment)
        header += [64, UInt8(proto), 0, 0] + address4(from) + address4(to) + options
        header.replaceSubrange(10..<12, with: be16(checksum(header)))
        return header + payload
    }

    static func ipv6(_ next: Int, from: Int = 1, to: Int = 2, _ payload: Bytes) -> Bytes {
        [0x60, 0, 0, 0] + be16(payload.count) + [UInt8(next), 64] + address6(from) + address6(to) + payload
    }

    /// A hop-by-hop, routing or destination options header of eight bytes: the next header, then padding.
    static func extensionHeader(next: Int, _ payload: Bytes) -> Bytes { [UInt8(next), 0, 1, 4, 0, 0, 0, 0] + payload }

    static func fragmentHeader(next: Int, offset: Int, more: Bool, _ payload: Bytes) -> Bytes {
        [UInt8(next), 0] + be16(offset << 3 | (more ? 1 : 0)) + be32(0xabcd) + payload
    }

    // MARK: Transport layers

    static func udp(_ source: Int, _ destination: Int, _ payload: Bytes) -> Bytes {
        be16(source) + be16(destination) + be16(8 + payload.count) + be16(0) + payload
    }

    static func tcp(_ source: Int, _ destination: Int, flags: Int, _ payload: Bytes = []) -> Bytes {
        be16(source) + be16(destination) + be32(1000) + be32(flags & 0x10 != 0 ? 2000 : 0)
            + [0x50, UInt8(flags)] + be16(65535) + be16(0) + be16(0) + payload
    }

    static func echo(type: Int, sequence: Int) -> Bytes {
        var message: Bytes = [UInt8(type), 0, 0, 0] + be16(7) + be16(sequence) + Bytes("weir".utf8)
        message.replaceSubrange(2..<4, with: be16(checksum(message)))
        return message
    }

    static func arp(asks last: Int) -> Bytes {
        be16(1) + be16(0x0800) + [6, 4] + be16(1) + here + address4(1) + Bytes(repeating: 0, count: 6) + address4(last)
    }
}
