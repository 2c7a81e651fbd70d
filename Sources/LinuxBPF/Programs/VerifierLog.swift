/// What the kernel's verifier printed.
///
/// Logs have megabytes, and what tells most is at their end: they are read from there.
public struct VerifierLog: Hashable, Sendable {
    /// The whole text.
    public var text: String

    /// Wraps a log.
    public init(text: String) { self.text = text }

    /// How many instructions the proof went over, from `processed N insns`.
    public var processedInstructions: Int? { number(after: "processed ", before: " insns") }

    /// How many microseconds the proof took, from `verification time N usec`; log level 4 has it.
    public var microseconds: Int? { number(after: Self.time, before: " usec") }

    /// The most states that were kept at a time, from `peak_states N`.
    public var peakStates: Int? { number(after: "peak_states ", before: " ") }

    /// The line that says why a program was refused: the last one that is no statistic; empty where there is none.
    public var reason: String {
        for line in linesFromEnd {
            if line.hasPrefix("processed ") || line.hasPrefix(Self.time) || line.hasPrefix("stack depth ") { continue }
            // Some reasons don't end their line.
            guard let end = Self.index(behind: Self.time, in: line) else { return String(line) }
            return String(line[..<line.utf8.index(end, offsetBy: -Self.time.utf8.count)])
        }
        return ""
    }

    /// The slot of the last instruction that was gone over; a log of level 1 or 2 has it.
    ///
    /// It is the one that was refused, where the refusal is about an instruction.
    public var lastSlot: Int? {
        for line in linesFromEnd {
            let digits = line.utf8.prefix { Self.digits.contains($0) }
            if !digits.isEmpty, line[digits.endIndex...].hasPrefix(": (") { return Int(Substring(digits)) }
        }
        return nil
    }

    private static let time = "verification time "
    private static let digits = UInt8(ascii: "0")...UInt8(ascii: "9")

    /// The lines with something in them, the last first.
    private var linesFromEnd: some Sequence<Substring> {
        sequence(state: text.utf8[...]) { rest in
            while let last = rest.last {
                guard last != UInt8(ascii: "\n") else {
                    rest.removeLast()
                    continue
                }
                let start = rest.lastIndex(of: UInt8(ascii: "\n")).map { rest.index(after: $0) } ?? rest.startIndex
                let line = Substring(rest[start...])
                rest = rest[..<start]
                return line
            }
            return nil
        }
    }

    /// A statistic, which is within the last lines.
    private func number(after prefix: String, before suffix: String) -> Int? {
        for line in linesFromEnd.prefix(6) {
            guard let start = Self.index(behind: prefix, in: line) else { continue }
            let digits = line.utf8[start...].prefix { Self.digits.contains($0) }
            guard line[digits.endIndex...].hasPrefix(suffix) else { continue }
            return Int(Substring(digits))
        }
        return nil
    }

    /// Where the text behind the first `prefix` starts.
    private static func index(behind prefix: String, in line: Substring) -> Substring.Index? {
        line.utf8.indices.first { line.utf8[$0...].starts(with: prefix.utf8) }
            .map { line.utf8.index($0, offsetBy: prefix.utf8.count) }
    }
}
