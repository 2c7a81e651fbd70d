extension ClassicProgram {
    /// The three listings of tcpdump.
    public enum ListingStyle: Hashable, Sendable, CaseIterable {
        /// `-d`: one line of assembly an instruction.
        case assembly
        /// `-dd`: a fragment of a C array.
        case cArray
        /// `-ddd`: the count, then decimal numbers.
        case decimal
    }

    /// The program as tcpdump prints it, byte for byte; every line ends with a line feed.
    public func listing(_ style: ListingStyle = .assembly) -> String {
        var text = style == .decimal ? "\(instructions.count)\n" : ""
        for (index, instruction) in instructions.enumerated() {
            switch style {
            case .assembly: text += instruction.listing(at: index)
            case .cArray: text += instruction.cInitializer
            case .decimal: text += "\(instruction.code) \(instruction.jt) \(instruction.jf) \(instruction.k)"
            }
            text += "\n"
        }
        return text
    }
}

extension ClassicInstruction {
    fileprivate var cInitializer: String {
        let digits = String(k, radix: 16)
        let constant = String(repeating: "0", count: 8 - digits.count) + digits
        return "{ 0x" + String(code, radix: 16) + ", \(jt), \(jf), 0x\(constant) },"
    }
}
