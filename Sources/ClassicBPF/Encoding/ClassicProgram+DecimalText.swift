extension ClassicProgram {
    /// Reads the decimal form of `tcpdump -ddd`: the number of instructions, then `code jt jf k` for each.
    ///
    /// Lines end with a line feed or, as iptables and tc write them, with a comma. Empty lines are skipped; positions in
    /// errors count the lines from 1, skipped ones included.
    public init(decimalText text: some StringProtocol) throws(ClassicFormatError) {
        var announced: Int?
        var instructions: [ClassicInstruction] = []
        var line = 0
        for entry in text.split(omittingEmptySubsequences: false, whereSeparator: { $0 == "," || $0.isNewline }) {
            line += 1
            let words = entry.split(whereSeparator: \.isWhitespace)
            if words.isEmpty { continue }
            guard announced != nil else {
                guard words.count == 1, let count = Int(words[0]), count >= 0 else {
                    throw .missingCount(line: line, found: String(entry))
                }
                announced = count
                continue
            }
            guard words.count == 4 else { throw .notFourNumbers(line: line, found: String(entry)) }
            let code: UInt16 = try Self.number(words[0], "code", line)
            let jt: UInt8 = try Self.number(words[1], "jt", line)
            let jf: UInt8 = try Self.number(words[2], "jf", line)
            let k: UInt32 = try Self.number(words[3], "k", line)
            instructions.append(ClassicInstruction(code: code, jt: jt, jf: jf, k: k))
        }
        guard let announced else { throw .missingCount(line: 1, found: "") }
        guard announced == instructions.count else {
            throw .wrongCount(announced: announced, found: instructions.count)
        }
        self.init(instructions)
    }

    private static func number<Field: FixedWidthInteger & UnsignedInteger>(
        _ word: some StringProtocol, _ field: String, _ line: Int
    ) throws(ClassicFormatError) -> Field {
        guard word.first?.isNumber == true, let value = Field(word, radix: 10) else {
            throw .outOfRange(line: line, field: field, found: String(word), maximum: UInt64(Field.max))
        }
        return value
    }
}
