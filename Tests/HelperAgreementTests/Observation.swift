import BPFModel

/// What a run of a scenario came to.
struct Observation: Equatable, Sendable, CustomStringConvertible {
    let result: UInt32
    /// The packet, with what an XDP program put in front of it.
    let packet: [UInt8]
    /// For each step its record.
    let records: [[UInt8]]

    init(result: UInt32, packet: [UInt8], records: [UInt8]) {
        self.result = result
        self.packet = packet
        self.records = stride(from: 0, to: records.count, by: Scenario.recordSize).map {
            Array(records[$0..<($0 + Scenario.recordSize)])
        }
    }

    /// What the helper of a step gave.
    func result(of step: Int) -> Int64 { Int64(bitPattern: number(records[step], 0, 8)) }

    /// The fields of a step's record, by name.
    private func fields(of step: Int) -> [(name: String, value: UInt64)] {
        let words = [
            "captured", "metadata", "len", "pkt_type", "protocol", "vlan_present", "vlan_tci", "vlan_proto",
        ]
        return [
            ("result", number(records[step], 0, 8)), ("bytes", number(records[step], 8, 8)),
            ("more bytes", number(records[step], 16, 8)),
        ]
            + words.enumerated().map { ($1, number(records[step], 24 + $0 * 4, 4)) }
    }

    private func number(_ bytes: [UInt8], _ offset: Int, _ count: Int) -> UInt64 {
        bytes[offset..<(offset + count)].reversed().reduce(0) { $0 << 8 | UInt64($1) }
    }

    /// How many bytes the packet had after a step.
    func capturedLength(after step: Int) -> Int { Int(number(records[step], 24, 4)) }

    /// Whether the packet was IPv6 after a step.
    func isIPv6(after step: Int) -> Bool { number(records[step], 40, 4) == 0xdd86 }

    /// The first step after which something differs; nil where there is none.
    func firstDifference(from expected: Observation) -> Int? {
        records.indices.first { records[$0] != expected.records[$0] }
    }

    /// The first difference to what is expected, in words; nil where there is none.
    func difference(from expected: Observation) -> String? {
        for step in records.indices where records[step] != expected.records[step] {
            let parts = zip(fields(of: step), expected.fields(of: step)).filter { $0.value != $1.value }.map {
                "\($0.name) \(Int64(bitPattern: $0.value)), expected \(Int64(bitPattern: $1.value))"
            }
            return "step \(step): " + parts.joined(separator: "; ")
        }
        if result != expected.result { return "returned \(result), expected \(expected.result)" }
        guard packet != expected.packet else { return nil }
        let place = zip(packet, expected.packet).enumerated().first { $1.0 != $1.1 }?.offset
        return "packet of \(packet.count) bytes, expected \(expected.packet.count), different at \(place ?? -1)"
    }

    var description: String { "returned \(result), packet of \(packet.count) bytes" }
}
