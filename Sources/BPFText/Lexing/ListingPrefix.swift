/// What listings print before an instruction: `12: (b7)` or `12: b7 00 00 00 00 00 00 00`, or only the bytes.
enum ListingPrefix {
    /// How many bytes of the line the prefix takes, or nil where the line has none.
    static func length(in line: ArraySlice<UInt8>) -> Int? {
        let number = slotNumber(line)
        let afterNumber = line.dropFirst(number ?? 0)
        if let code = bytes(afterNumber) { return (number ?? 0) + code }
        guard let number else { return nil }
        return number + (opcode(afterNumber) ?? 0)
    }

    /// Digits and a colon.
    private static func slotNumber(_ line: ArraySlice<UInt8>) -> Int? {
        let digits = line.prefix(while: Characters.isDigit).count
        guard digits > 0, line.dropFirst(digits).first == UInt8(ascii: ":") else { return nil }
        return digits + 1 + blanks(line.dropFirst(digits + 1))
    }

    /// Two hexadecimal digits in parentheses.
    private static func opcode(_ line: ArraySlice<UInt8>) -> Int? {
        let text = Array(line.prefix(4))
        guard text.count == 4, text[0] == UInt8(ascii: "("), text[3] == UInt8(ascii: ")") else { return nil }
        return Characters.isHexDigit(text[1]) && Characters.isHexDigit(text[2]) ? 4 : nil
    }

    /// The eight or sixteen bytes of an instruction, two digits each, one blank between.
    private static func bytes(_ line: ArraySlice<UInt8>) -> Int? {
        var count = 0
        var length = 0
        while count < 16, let pair = hexPair(line.dropFirst(length)) {
            count += 1
            length += pair
        }
        guard count == 8 || count == 16 else { return nil }
        return length + blanks(line.dropFirst(length))
    }

    private static func hexPair(_ line: ArraySlice<UInt8>) -> Int? {
        let text = Array(line.prefix(3))
        guard text.count >= 2, Characters.isHexDigit(text[0]), Characters.isHexDigit(text[1]) else { return nil }
        guard text.count == 3 else { return 2 }
        return Characters.isBlank(text[2]) ? 3 : nil
    }

    private static func blanks(_ line: ArraySlice<UInt8>) -> Int { line.prefix(while: Characters.isBlank).count }
}
