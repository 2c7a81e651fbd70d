public import BPFModel

/// Prints programs as ``Assembler`` reads them, in LLVM's syntax.
///
/// The forms are those of `clang -S` for BPF, with these differences: loads and stores name the whole register
/// (`r1 = *(u32 *)(r2 + 4)`, as the kernel's listings do, since the upper half is cleared); wide loads that name
/// something print as the kernel's do (`r1 = map[fd:5][0]+8`, `r2 = subprog[+3]`), where LLVM prints bare numbers;
/// packet loads keep the offset beside the register (`skb[r7 + 14]`), which LLVM drops; calls inside the program
/// print `call pc+3`, which LLVM prints as if they were helpers.
public struct Disassembler: Sendable {
    /// What is printed besides the instructions.
    public struct Options: Hashable, Sendable {
        /// Print the slot number before each instruction.
        public var slotNumbers = false
        /// Print the bytes before each instruction.
        public var bytes = false
        /// Print labels instead of distances, where the target is an instruction of the program or its end.
        public var labels = false
        /// Print helpers by name and number: `bpf_ktime_get_ns#5`.
        public var helperNames = false
        /// Names of maps by number, printed instead of the numbers.
        public var mapNames: [Int32: String] = [:]

        /// Instructions only.
        public init() {}

        /// As people read programs best: labels and names of helpers.
        public static var readable: Options {
            var options = Options()
            options.labels = true
            options.helperNames = true
            return options
        }
    }

    /// What is printed.
    public var options: Options

    /// Prints with the given options.
    public init(_ options: Options = Options()) { self.options = options }

    /// One instruction, with distances as numbers.
    public func text(of instruction: Instruction) -> String {
        printer(labels: [:]).text(of: instruction, at: 0)
    }

    /// The lines of a program: one for each instruction, and where labels are asked for, theirs.
    public func lines(of code: InstructionSequence) -> [String] {
        let labels = options.labels ? Labels.named(in: code) : [:]
        let printer = printer(labels: labels)
        let indent = labels.isEmpty ? "" : "    "
        let digits = String(max(code.slotCount - 1, 0)).count
        var lines: [String] = []
        lines.reserveCapacity(code.count + labels.count)
        for (index, instruction) in code.enumerated() {
            let slot = code.slot(of: index)
            if let label = labels[slot] { lines.append(label + ":") }
            var line = indent
            if options.slotNumbers { line += padded("\(slot)", digits) + ": " }
            if options.bytes { line += bytes(of: instruction) + "  " }
            lines.append(line + printer.text(of: instruction, at: slot))
        }
        if let label = labels[code.slotCount] { lines.append(label + ":") }
        return lines
    }

    /// A whole program, declarations first.
    ///
    /// Maps are named as they are declared, so that what is printed reads back as the same program.
    public func text(of program: ProgramSpec) -> String {
        let declarations = Declarations(of: program)
        var named = self
        named.options.mapNames.merge(declarations.mapNames) { given, _ in given }
        let code = named.lines(of: program.code)
        return (declarations.lines + code).map { $0 + "\n" }.joined()
    }

    private func printer(labels: [Int: String]) -> InstructionPrinter {
        InstructionPrinter(labels: labels, helperNames: options.helperNames, mapNames: options.mapNames)
    }

    private func bytes(of instruction: Instruction) -> String {
        instruction.slots.flatMap(\.bytes).map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }
            .joined(separator: " ")
    }

    private func padded(_ number: String, _ width: Int) -> String {
        String(repeating: " ", count: width - number.count) + number
    }
}
