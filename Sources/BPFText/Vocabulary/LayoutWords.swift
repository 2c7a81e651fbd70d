import BPFModel

/// The words that layouts of keys and values are written with.
enum LayoutWords {
    /// The values that are one word.
    static let simple: [String: ValueLayout] = {
        var table: [String: ValueLayout] = [
            "ipv4": .ipv4, "ipv6": .ipv6, "mac": .mac, "port": .port, "bool": ValueLayout(size: 1, form: .boolean),
        ]
        for size in [1, 2, 4, 8] {
            table["u\(size * 8)"] = ValueLayout(size: size, form: .unsigned)
            table["s\(size * 8)"] = ValueLayout(size: size, form: .signed)
            table["x\(size * 8)"] = ValueLayout(size: size, form: .hexadecimal)
            // Two bytes in network order are a port.
            if size > 2 { table["be\(size * 8)"] = ValueLayout(size: size, form: .network) }
        }
        return table
    }()

    /// The values that name their number of bytes in brackets.
    static let sized: [String: ValueLayout.Form] = ["bytes": .bytes, "text": .text]

    /// Numbers with names.
    static let choice = "enum"
    /// Bytes, or bits, that mean nothing.
    static let padding = "pad"
    /// Before a field's place.
    static let place = "at"

    /// What a value may begin with, besides a parenthesis.
    static let first = (Array(simple.keys) + sized.keys + [choice]).sorted()

    /// The word of a layout, where it is one.
    static func word(of layout: ValueLayout) -> String? { words[layout] }
    private static let words = Dictionary(uniqueKeysWithValues: simple.map { ($0.value, $0.key) })
}
