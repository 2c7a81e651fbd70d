/// The words of a filter expression, read as libpcap's scanner reads them, far enough to find names it would look up.
///
/// A bare word that is neither a keyword, a number nor an address is a name. What kind of name depends on the qualifier that
/// governs it: after `port`, `proto` and the like it stands in a local table, otherwise it is a host or network and libpcap
/// asks the resolver. In doubt, a word counts as looked up.
struct FilterWords {
    /// A word and where it starts, in bytes.
    struct Word: Equatable {
        var text: String
        var offset: Int
    }

    private let bytes: [UInt8]

    init(_ text: String) { bytes = Array(text.utf8) }

    /// The first name that would be looked up, or nil.
    var firstLookedUpName: Word? {
        var governing = FilterKeywords.Effect.looksUp
        var position = 0
        while position < bytes.count {
            let start = position
            switch bytes[position] {
            case UInt8(ascii: "\\"):
                position = end(after: position + 1) { !" !()\n\t".utf8.contains($0) }
                if governing == .looksUp { return word(start, position) }
            case UInt8(ascii: "$"):
                position = end(after: position + 1, while: \.isHexDigit)
            case UInt8(ascii: ")"):
                governing = .looksUp
                position += 1
            case let byte where byte.isWordStart || isDoubleColon(at: position):
                position = end(after: position, while: \.isWordPart)
                let run = bytes[start..<position]
                if run.isIPv6Address || run.isHardwareAddress { continue }
                for part in run.split(separator: UInt8(ascii: ":")) {
                    let name = part.trimmingTrailing { $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: "_") }
                    if name.isEmpty || name.isNumber || name.isDottedNumber || name.isHardwareAddress { continue }
                    if let effect = FilterKeywords.effects[String(decoding: name, as: UTF8.self)] {
                        if effect != .none { governing = effect }
                    } else if governing == .looksUp {
                        return word(name.startIndex, name.endIndex)
                    } else if governing == .takesOneName {
                        governing = .looksUp
                    }
                }
            default:
                position += 1
            }
        }
        return nil
    }

    private func word(_ start: Int, _ end: Int) -> Word {
        Word(text: String(decoding: bytes[start..<end], as: UTF8.self), offset: start)
    }

    private func end(after start: Int, while belongs: (UInt8) -> Bool) -> Int {
        bytes[min(start, bytes.count)...].firstIndex { !belongs($0) } ?? bytes.count
    }

    private func isDoubleColon(at position: Int) -> Bool {
        bytes[position...].starts(with: [UInt8(ascii: ":"), UInt8(ascii: ":")])
    }
}

extension UInt8 {
    fileprivate var isDigit: Bool { UInt8(ascii: "0")...UInt8(ascii: "9") ~= self }
    fileprivate var isHexDigit: Bool { isDigit || UInt8(ascii: "a")...UInt8(ascii: "f") ~= self | 0x20 }
    fileprivate var isWordStart: Bool { isDigit || UInt8(ascii: "a")...UInt8(ascii: "z") ~= self | 0x20 }
    fileprivate var isWordPart: Bool { isWordStart || "-_.:".utf8.contains(self) }
}

extension ArraySlice where Element == UInt8 {
    fileprivate func trimmingTrailing(_ drop: (UInt8) -> Bool) -> Self {
        self[startIndex..<(lastIndex { !drop($0) }.map { $0 + 1 } ?? startIndex)]
    }

    fileprivate func pieces(_ separator: Character) -> [Self] {
        split(omittingEmptySubsequences: false) { $0 == separator.asciiValue }
    }

    fileprivate var isNumber: Bool {
        if count > 2, starts(with: "0x".utf8) || starts(with: "0X".utf8) {
            return dropFirst(2).allSatisfy(\.isHexDigit)
        }
        return !isEmpty && allSatisfy(\.isDigit)
    }

    fileprivate var isDottedNumber: Bool {
        let parts = pieces(".")
        return (2...4).contains(parts.count) && parts.allSatisfy(\.isNumber)
    }

    fileprivate var isHardwareAddress: Bool {
        if count == 12, allSatisfy(\.isHexDigit) { return true }
        let quads = pieces(".")
        if quads.count == 3, quads.allSatisfy({ $0.count == 4 && $0.allSatisfy(\.isHexDigit) }) { return true }
        let separators: [Character] = [":", "-", "."]
        return separators.contains { separator in
            let octets = pieces(separator)
            return octets.count == 6 && octets.allSatisfy { (1...2).contains($0.count) && $0.allSatisfy(\.isHexDigit) }
        }
    }

    fileprivate var isIPv6Address: Bool {
        var groups = pieces(":")
        guard groups.count >= 3, groups.count <= 9 else { return false }
        var width = groups.count
        if let last = groups.last, last.isDottedNumber {
            groups.removeLast()
            width += 1
        }
        let gaps = groups.indices.filter { groups[$0].isEmpty }
        // A gap at either end leaves two empty pieces.
        let isCompressed = gaps.count >= 1 && (gaps.last ?? 0) - (gaps.first ?? 0) == gaps.count - 1
        guard isCompressed ? gaps.count <= 3 : gaps.isEmpty && width == 8 else { return false }
        return groups.allSatisfy { $0.count <= 4 && $0.allSatisfy(\.isHexDigit) }
    }
}
