public import BPFModel
public import BPFText
public import PacketBuffers
internal import PacketHeaders

/// The program that counts packets by flow, for one link type: assembly put together from pieces.
///
/// It is a classifier (`sched_cls`) like any other, verified before it runs. Each packet is counted once: in `flows4` or
/// `flows6`, or in `reasons` by why it belongs to no flow (``FlowReason``'s numbers), so that the sums of all maps are
/// the packets that were read. ``FlowTable`` reads the maps. The programs of several link types may share them.
public struct FlowProgram: Hashable, Sendable {
    /// What is counted together.
    public let grouping: FlowGrouping
    /// Whether both directions of a flow share one entry.
    public let isTwoWay: Bool
    /// The assembly.
    public let source: String
    /// The program, with its maps.
    public let spec: ProgramSpec

    /// Puts a program together.
    ///
    /// - Parameters:
    ///   - linkType: the link type of the packets; where its headers are not known, every packet is counted as such.
    ///   - grouping: what is counted together.
    ///   - twoWay: whether both directions of a flow share one entry; ignored where rows have no direction.
    ///   - capacity: how many flows each map has room for; packets of more flows are counted as `tableFull`.
    /// - Throws: what the assembler says, if the pieces do not fit together.
    public init(
        linkType: LinkType, by grouping: FlowGrouping = .fiveTuple, twoWay: Bool = false, capacity: Int = 1 << 20
    ) throws(AssemblyError) {
        self.grouping = grouping
        isTwoWay = twoWay && grouping.hasDirections
        let layout = FlowLayout(isTwoWay: isTwoWay)
        let body = Self.body(linkType, grouping, isTwoWay: isTwoWay)
        let reasons = Self.reasons(usedBy: body)
        source = ([Self.head(layout, grouping, capacity)] + body + reasons).joined(separator: "\n")
        spec = try ProgramSpec(assembly: source, source: "flow program")
    }

    /// Name, type, maps and constants: what the pieces take from the Swift side.
    private static func head(_ layout: FlowLayout, _ grouping: FlowGrouping, _ capacity: Int) -> String {
        typealias Number = FlowLayout.MapNumber
        let reasonSizes = "key 4 value \(FlowLayout.reasonSize) entries \(FlowLayout.reasonCount)"
        func flows(_ name: String, _ key: Int, _ number: Int32) -> String {
            ".map \(name) hash key \(key) value \(layout.valueSize) entries \(capacity) number \(number)"
        }
        var lines = [".name count_flows", ".type sched_cls", flows("flows4", FlowLayout.shortKey, Number.flows4)]
        if grouping.hasAddresses { lines.append(flows("flows6", FlowLayout.longKey, Number.flows6)) }
        lines.append(".map reasons array \(reasonSizes) number \(Number.reasons)")
        lines.append("")
        lines.append("# The fields of a flow's value, and where keys and a new value lie on the stack.")
        lines += layout.fields.map { ".equ \($0.name), \($0.offset)" }
        lines.append(".equ KEY4, -\(FlowLayout.shortKey)")
        lines.append(".equ KEY6, -\(FlowLayout.longKey)")
        lines.append(".equ VALUE, -\(FlowLayout.longKey + layout.valueSize)")
        return lines.joined(separator: "\n") + "\n"
    }

    /// The pieces from the packet's first byte to its counter, in order.
    private static func body(_ linkType: LinkType, _ grouping: FlowGrouping, isTwoWay: Bool) -> [String] {
        typealias Piece = PackageResources
        guard let link = link(linkType) else {
            return [text(Piece.start_s), "    goto unsupported_link_type\n", text(Piece.uncounted_s)]
        }
        var pieces = [text(Piece.limits_s), text(Piece.start_s)] + link.pieces.map { text($0) }
        if link.next == .etherType { pieces.append(text(Piece.ethertype_s, "1")) }
        if link.next == .etherType || link.next == .logicalLink {
            pieces += [text(Piece.llc_s), text(Piece.ethertype_s, "2")]
            pieces += [text(Piece.pppoe_s), text(Piece.ppp_s), text(Piece.mpls_s)]
        }
        if link.next != .ipv6 { pieces.append(text(Piece.ipv4_s)) }
        if link.next != .ipv4 { pieces.append(text(Piece.ipv6_s)) }
        pieces.append(text(Piece.transport_s))
        return pieces + count(link.next, grouping, isTwoWay: isTwoWay) + [text(Piece.uncounted_s)]
    }

    /// The pieces that make a key and count the packet.
    private static func count(_ network: Continuation, _ grouping: FlowGrouping, isTwoWay: Bool) -> [String] {
        typealias Piece = PackageResources
        let key =
            switch grouping {
            case .fiveTuple: [text(Piece.key_5tuple_s)]
            case .host: [text(Piece.key_host_s)]
            case .port: [text(Piece.key_port_s)] + (isTwoWay ? [text(Piece.port_twoway_s)] : [])
            case .proto: [text(Piece.key_proto_s)]
            case .vlan: [text(Piece.key_vlan_s)]
            }
        let count = isTwoWay ? Piece.count_twoway_s : Piece.count_oneway_s
        guard grouping.hasAddresses else { return key + [text(Piece.short_key_s), text(count, "4")] }
        let ipv4 = [text(isTwoWay ? Piece.addresses4_twoway_s : Piece.addresses4_oneway_s), text(count, "4")]
        let ipv6 = [text(isTwoWay ? Piece.addresses6_twoway_s : Piece.addresses6_oneway_s), text(count, "6")]
        return switch network {
        case .etherType, .logicalLink, .network: key + [text(Piece.family_s)] + ipv4 + ipv6
        case .ipv4: key + ipv4
        case .ipv6: key + ipv6
        }
    }

    /// The text of a piece.
    ///
    /// Pieces that occur several times have `@` in their labels, replaced by what tells them apart.
    private static func text(_ piece: [UInt8], _ instance: Character = "@") -> String {
        String(String(decoding: piece, as: UTF8.self).map { $0 == "@" ? instance : $0 })
    }
}
