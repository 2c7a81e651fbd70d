internal import Weir

/// What a program made of a packet, in words and as JSON.
struct OutcomeReport {
    /// The action's name, such as `XDP_PASS`; nil where results have no names.
    let action: String?
    /// The packet, where it is another one than before.
    private let packet: [UInt8]?
    private let outcome: PacketOutcome

    /// Compares a packet with what it was.
    init(_ outcome: PacketOutcome, _ type: ProgramType, before: [UInt8], after: [UInt8]) {
        self.outcome = outcome
        action = type.actionName(of: outcome.result)
        packet = before == after ? nil : after
    }

    /// A line for each thing there is to say.
    var lines: [String] {
        var lines: [String] = []
        if let packet { lines.append("packet \(Hexadecimal.digits(packet))") }
        if !outcome.prefix.isEmpty { lines.append("metadata \(Hexadecimal.digits(outcome.prefix))") }
        if let tag { lines.append(tag) }
        if let redirect = outcome.redirect { lines.append("redirect \(Self.text(redirect))") }
        return lines
    }

    /// The same, beside the packet.
    var fields: [JSONValue.Field] {
        var fields: [JSONValue.Field] = []
        if let action { fields.append(.init("action", .string(action))) }
        if !outcome.prefix.isEmpty { fields.append(.init("metadata", .string(Hexadecimal.digits(outcome.prefix)))) }
        if let tag { fields.append(.init("tag", .string(tag))) }
        if let redirect = outcome.redirect { fields.append(.init("redirect", .string(Self.text(redirect)))) }
        return fields
    }

    private var tag: String? {
        outcome.metadata.vlanTCI.map { control in
            "VLAN tag 0x\(String(outcome.metadata.vlanProtocol, radix: 16)) \(control)"
        }
    }

    private static func text(_ redirect: PacketRedirect) -> String {
        switch redirect {
        case .interface(let index, let ingress): "\(ingress ? "into" : "out of") interface \(index)"
        case .entry(let key, let value): "to entry \(key), which is \(value)"
        case .broadcast(let map, let exceptIngress):
            "to every entry of \(map.map { "map \($0)" } ?? "a map")" + (exceptIngress ? " but where it came from" : "")
        }
    }
}
