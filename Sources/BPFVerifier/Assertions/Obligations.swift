import BPFModel

/// The assertions of every instruction of a program, in one row.
struct Obligations: Sendable {
    private(set) var assertions: [Assertion] = []
    /// Where the assertions of each instruction start, and past the end the total.
    private var starts: [Int32] = []

    init(_ code: InstructionSequence) {
        starts.reserveCapacity(code.count + 1)
        assertions.reserveCapacity(code.count * 3)
        for instruction in code {
            starts.append(Int32(assertions.count))
            assertions += instruction.assertions
        }
        starts.append(Int32(assertions.count))
    }

    /// The places in `assertions` of those of one instruction.
    func range(of index: Int) -> Range<Int> { Int(starts[index])..<Int(starts[index + 1]) }
}
