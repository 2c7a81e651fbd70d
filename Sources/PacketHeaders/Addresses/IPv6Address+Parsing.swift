extension IPv6Address: LosslessStringConvertible {
    /// Reads an address in any form of RFC 4291 §2.2: `::` once, one to four digits a group, an IPv4 tail.
    public init?(_ description: String) {
        let colon = UInt8(ascii: ":")
        let text = Array(description.utf8)
        guard let gap = text.indices.dropLast().first(where: { text[$0] == colon && text[$0 &+ 1] == colon }) else {
            guard let groups = Self.groups(in: text[...], tailAllowed: true), groups.count == 8 else { return nil }
            self.init(groups)
            return
        }
        guard let before = Self.groups(in: text[..<gap], tailAllowed: false),
            let after = Self.groups(in: text[(gap &+ 2)...], tailAllowed: true),
            before.count &+ after.count < 8
        else { return nil }
        self.init(before + [UInt16](repeating: 0, count: 8 &- before.count &- after.count) + after)
    }

    /// Makes an address from its eight groups.
    private init(_ groups: [UInt16]) {
        high = groups.prefix(4).reduce(0) { $0 << 16 | UInt64($1) }
        low = groups.suffix(4).reduce(0) { $0 << 16 | UInt64($1) }
    }

    /// The groups that colons separate; no text has none.
    private static func groups(in text: ArraySlice<UInt8>, tailAllowed: Bool) -> [UInt16]? {
        guard !text.isEmpty else { return [] }
        let parts = text.split(separator: UInt8(ascii: ":"), omittingEmptySubsequences: false)
        var groups: [UInt16] = []
        for (index, part) in parts.enumerated() {
            if tailAllowed, index == parts.count &- 1, let tail = IPv4Address(dottedDecimal: part) {
                groups.append(UInt16(truncatingIfNeeded: tail.rawValue >> 16))
                groups.append(UInt16(truncatingIfNeeded: tail.rawValue))
            } else {
                guard (1...4).contains(part.count), part.allSatisfy(isHexDigit),
                    let group = UInt16(String(decoding: part, as: UTF8.self), radix: 16)
                else { return nil }
                groups.append(group)
            }
        }
        return groups
    }

    private static func isHexDigit(_ byte: UInt8) -> Bool {
        (0x30...0x39).contains(byte) || (0x41...0x46).contains(byte) || (0x61...0x66).contains(byte)
    }
}
