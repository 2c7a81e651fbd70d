internal import PacketHeaders

extension FlowProgram {
    /// For each reason that the pieces go to, the label they go to, which puts the reason's number into `r1`.
    static func reasons(usedBy pieces: [String]) -> [String] {
        let targets = Set(pieces.joined().split { $0 == " " || $0 == "\n" })
        return FlowReason.allCases.filter { targets.contains($0.label[...]) }.map { reason in
            "# Counted as '\(reason)'.\n\(reason.label):\n    r1 = \(reason.rawValue)\n    goto uncounted\n"
        }
    }
}

extension FlowReason {
    /// The label the assembly goes to with a packet that is in no flow for this reason.
    fileprivate var label: String {
        switch self {
        case .unsupportedLinkType: "unsupported_link_type"
        case .truncatedLink: "truncated_link"
        case .truncatedNetwork: "truncated_network"
        case .invalidNetwork: "invalid_network"
        case .arp: "arp"
        case .otherEtherType: "other_ethertype"
        case .logicalLink: "logical_link"
        case .otherProtocol: "other_protocol"
        case .noData: "no_data"
        case .encrypted: "encrypted"
        case .unknownLabelPayload: "unknown_label_payload"
        case .tooManyHeaders: "too_many_headers"
        case .tableFull: "table_full"
        }
    }
}
