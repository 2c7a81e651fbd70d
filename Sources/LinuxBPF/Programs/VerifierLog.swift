/// What the kernel's verifier printed.
public struct VerifierLog: Hashable, Sendable {
    /// The whole text.
    public var text: String

    /// Wraps a log.
    public init(text: String) { self.text = text }

    /// How many instructions the proof went over, from `processed N insns`.
    public var processedInstructions: Int? { number(after: "processed ", before: " insns") }

    /// How many microseconds the proof took, from `verification time N usec`; log level 4 has it.
    public var microseconds: Int? { number(after: "verification time ", before: " usec") }

    /// The most states that were kept for one instruction, from `peak_states` of log level 4.
    public var peakStates: Int? { number(after: "peak_states ", before: " ") }

    /// The line that says why a program was refused: the last one that is neither an instruction, a state, nor a
    /// statistic.
    public var reason: String {
        let lines = text.split(separator: "\n").map { $0.drop { $0 == " " } }
        let line = lines.last { !Self.isStatistic($0) } ?? ""
        // Some reasons don't end their line.
        guard let end = Self.range(of: "verification time ", in: line) else { return String(line) }
        return String(line[..<line.index(end, offsetBy: -"verification time ".count)])
    }

    /// The slot of the last instruction that was gone over, where the refusal is about it; a log of level 1 or 2 has it.
    public var lastSlot: Int? {
        for line in text.split(separator: "\n").reversed() {
            let digits = line.prefix { $0.isNumber }
            if !digits.isEmpty, line[digits.endIndex...].hasPrefix(": (") { return Int(digits) }
        }
        return nil
    }

    private static func isStatistic(_ line: Substring) -> Bool {
        line.hasPrefix("processed ") || line.hasPrefix("verification time ") || line.hasPrefix("stack depth ")
    }

    private func number(after prefix: String, before suffix: String) -> Int? {
        for line in text.split(separator: "\n").reversed() {
            guard let start = Self.range(of: prefix, in: line) else { continue }
            let digits = line[start...].prefix { $0.isNumber }
            guard line[digits.endIndex...].hasPrefix(suffix) else { continue }
            return Int(digits)
        }
        return nil
    }

    /// Where the text behind `prefix` starts.
    private static func range(of prefix: String, in line: Substring) -> Substring.Index? {
        line.indices.first { line[$0...].hasPrefix(prefix) }.map { line.index($0, offsetBy: prefix.count) }
    }
}
