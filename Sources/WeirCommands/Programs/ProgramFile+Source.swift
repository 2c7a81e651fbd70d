internal import Weir

/// A program with what ties its instructions to the text they were read from.
struct SourcedProgram {
    var spec: ProgramSpec
    /// What messages call the file.
    let name: String
    /// For each instruction its line in the text, from 1; nil for what was no text.
    private let lineNumbers: [Int]?
    private let text: [Substring]

    init(_ spec: ProgramSpec, name: String, lines: [Int]? = nil, text: String = "") {
        self.spec = spec
        self.name = name
        lineNumbers = lines
        self.text = text.split(separator: "\n", omittingEmptySubsequences: false)
    }

    /// The line of an instruction and what is in it.
    func line(of index: Int) -> (number: Int, text: String)? {
        guard let lineNumbers, index < lineNumbers.count else { return nil }
        let number = lineNumbers[index]
        guard text.indices.contains(number - 1) else { return nil }
        let line = text[number - 1].drop { $0 == " " || $0 == "\t" }
        return (number, String(line.reversed().drop { $0 == " " || $0 == "\t" || $0 == "\r" }.reversed()))
    }
}
