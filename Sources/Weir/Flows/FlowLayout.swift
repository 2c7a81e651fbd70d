internal import PacketHeaders

/// How flow programs lay out their maps: the one place that knows it, for the programs and for reading the maps.
///
/// Keys hold addresses and ports as packets have them. All words of 32 bits:
///
///     flows4:   source | destination | ports | protocol, VLAN
///     flows6:   source (4) | destination (4) | ports | protocol, VLAN
///
/// The last word has the protocol in its first byte and in its last two, in host order, the VLAN's number | 0x1000.
struct FlowLayout: Hashable, Sendable {
    /// Whether both directions of a flow share one entry.
    let isTwoWay: Bool

    /// The numbers programs name their maps by.
    enum MapNumber {
        static let flows4: Int32 = 4
        static let flows6: Int32 = 6
        static let reasons: Int32 = 1
    }

    static let shortKey = 16
    static let longKey = 40

    /// The offsets of a value's fields, by the names the assembly has for them.
    var fields: [(name: String, offset: Int)] {
        if isTwoWay {
            [
                ("PACKETS", 0), ("BYTES", 8), ("BACK_PACKETS", 16), ("BACK_BYTES", 24), ("FIRST", 32), ("LAST", 40),
                ("FLAGS", 48), ("BACK_FLAGS", 52), ("BEGAN_BACK", 56),
            ]
        } else {
            [("PACKETS", 0), ("BYTES", 8), ("FIRST", 16), ("LAST", 24), ("FLAGS", 32)]
        }
    }

    /// The size of a flow's value: every field but two-way flags takes eight bytes.
    var valueSize: Int { isTwoWay ? 64 : 40 }

    /// The size of a reason's value: packets and bytes.
    static let reasonSize = 16

    /// How many counters of reasons there are: one more than the highest number.
    static var reasonCount: Int { Int(FlowReason.allCases.map(\.rawValue).max() ?? 0) + 1 }

    /// The offset of a value's field; nil where the layout has no such field.
    func offset(of field: String) -> Int? {
        fields.first { $0.name == field }?.offset
    }
}
