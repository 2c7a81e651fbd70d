import PacketBuffers
import PacketHeaders
import TestKit
import Testing

/// Packets put together from readable pieces of hexadecimal.
enum Packets {
    static let stations = "ffffffffffff 020000000001"
    /// 10.0.0.1 > 10.0.0.2, TCP, 20 bytes of TCP announced.
    static let ipv4TCP = "45000028 00014000 40060000 0a000001 0a000002"
    /// 10.0.0.1 > 10.0.0.2, UDP, 12 bytes of UDP announced.
    static let ipv4UDP = "45000020 00010000 40110000 0a000001 0a000002"
    /// Port 42 to port 80, SYN.
    static let tcpSYN = "002a0050 00000001 00000000 5002faf0 00000000"
    /// Port 5000 to port 53, 4 bytes of data.
    static let udp = "13880035 000c0000 01020304"
    /// fe80::1 > ff02::fb, UDP, 12 bytes announced.
    static let ipv6UDP = ipv6(next: "11", length: "000c")

    static func ipv6(next: String, length: String) -> String {
        "60000000 \(length) \(next) 40" + "fe80000000000000 0000000000000001" + "ff02000000000000 00000000000000fb"
    }

    /// An Ethernet frame: stations, EtherType, the rest.
    static func ethernet(_ type: String, _ rest: String...) -> String {
        stations + type + rest.joined()
    }

    static func bytes(_ hex: String) throws -> [UInt8] {
        try #require([UInt8](hex: hex.filter { $0 != " " }), "not hexadecimal: \(hex)")
    }

    static func flow(_ hex: String, _ linkType: LinkType = .ethernet) throws -> String {
        do throws(FlowReason) {
            let bytes = try Self.bytesOrEmpty(hex)
            return try FlowKey(bytes.span, linkType: linkType).description
        } catch {
            return "\(error)"
        }
    }

    static func line(_ hex: String, _ linkType: LinkType = .ethernet, wire: Int? = nil) throws -> String {
        let bytes = try bytes(hex)
        let record = PacketRecord(
            dataOffset: 0, recordOffset: 0, recordLength: bytes.count, nanoseconds: 1_700_000_000_123_456_789,
            capturedLength: UInt32(bytes.count), originalLength: UInt32(wire ?? bytes.count), linkType: linkType)
        var text: [UInt8] = []
        PacketLine().write(bytes.span, of: record, to: &text)
        let line = String(decoding: text, as: UTF8.self)
        let time = "22:13:20.123456 "
        #expect(line.hasPrefix(time))
        return String(line.dropFirst(time.count))
    }

    private static func bytesOrEmpty(_ hex: String) throws(FlowReason) -> [UInt8] {
        guard let bytes = [UInt8](hex: hex.filter { $0 != " " }) else {
            Issue.record("not hexadecimal: \(hex)")
            return []
        }
        return bytes
    }
}
