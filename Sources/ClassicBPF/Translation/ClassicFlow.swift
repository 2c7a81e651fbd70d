/// What is known of a checked program before it runs: which instructions are reached, which values are still needed behind
/// each, and how large A and X can be before each.
struct ClassicFlow {
    /// The largest values A and X can have.
    struct Bounds: Equatable {
        var a: UInt32
        var x: UInt32

        static let unknown = Bounds(a: .max, x: .max)

        mutating func join(_ other: Bounds) {
            a = max(a, other.a)
            x = max(x, other.x)
        }
    }

    /// The program's operations; nil where an instruction is not reached.
    let operations: [ClassicOperation?]
    /// The values needed behind each instruction, on any way from it.
    private(set) var neededBehind: [ClassicValues]
    /// The values needed at the start, which must be zero then.
    private(set) var neededAtStart: ClassicValues = []
    /// The bounds before each instruction.
    private(set) var bounds: [Bounds]
    /// The first backward jump and its target.
    let backwardJump: (index: Int, target: Int)?

    private let dialect: ClassicDialect

    /// Looks at a program that `dialect` accepts.
    init(_ program: ClassicProgram, _ dialect: ClassicDialect) throws(ClassicTranslationError) {
        let count = program.instructions.count
        var operations = [ClassicOperation?](repeating: nil, count: count)
        var backwardJump: (index: Int, target: Int)?
        var pending = [0]
        while let index = pending.popLast() {
            guard operations[index] == nil else { continue }
            let instruction = program.instructions[index]
            guard let operation = instruction.operation else { throw .unknownCode(at: index, instruction.code) }
            operations[index] = operation
            for target in operation.successors(at: index, dialect) {
                if target <= index, index < backwardJump?.index ?? count { backwardJump = (index, target) }
                pending.append(target)
            }
        }
        self.dialect = dialect
        self.operations = operations
        self.backwardJump = backwardJump
        neededBehind = [ClassicValues](repeating: [], count: count)
        bounds = [Bounds](repeating: .unknown, count: count)
        findNeeded()
        if backwardJump == nil { findBounds() }
    }

    /// Walks backward until nothing changes: once for programs without loops.
    private mutating func findNeeded() {
        var before = [ClassicValues](repeating: [], count: operations.count)
        var isChanging = true
        while isChanging {
            isChanging = false
            for index in operations.indices.reversed() {
                guard let operation = operations[index] else { continue }
                var behind: ClassicValues = []
                for target in operation.successors(at: index, dialect) { behind.formUnion(before[target]) }
                neededBehind[index] = behind
                let needed = behind.subtracting(operation.writes).union(operation.reads(dialect))
                if needed != before[index] {
                    before[index] = needed
                    isChanging = backwardJump != nil
                }
            }
        }
        neededAtStart = before.first ?? []
    }

    /// Walks forward once, which is enough since no way leads back.
    private mutating func findBounds() {
        var known = [Bounds?](repeating: nil, count: operations.count)
        known[0] = Bounds(a: 0, x: 0)
        for index in operations.indices {
            guard let operation = operations[index], let before = known[index] else { continue }
            bounds[index] = before
            var after = before
            after.apply(operation)
            for target in operation.successors(at: index, dialect) {
                if var joined = known[target] {
                    joined.join(after)
                    known[target] = joined
                } else {
                    known[target] = after
                }
            }
        }
    }
}

extension ClassicFlow.Bounds {
    fileprivate mutating func apply(_ operation: ClassicOperation) {
        switch operation {
        case .loadAbsolute(let size, let offset):
            a = offset > UInt32(Int32.max) ? .max : size.largestValue
        case .loadIndexed(let size, _): a = size.largestValue
        case .loadHeaderLength: x = 60
        case .loadLength(let register), .loadMemory(let register, _): self[register] = .max
        case .loadConstant(let register, let value): self[register] = value
        case .arithmetic(let operation, .constant(let value)): a = operation.bound(a, value)
        case .arithmetic(let operation, .x): a = operation.bound(a, upTo: x)
        case .negate: a = .max
        case .copyToX: x = a
        case .copyToA: a = x
        case .store, .jump, .branch, .returnConstant, .returnAccumulator: break
        }
    }

    private subscript(register: ClassicOperation.Register) -> UInt32 {
        get { register == .a ? a : x }
        set { if register == .a { a = newValue } else { x = newValue } }
    }
}

extension ClassicOperation.Size {
    fileprivate var largestValue: UInt32 {
        switch self {
        case .byte: 0xff
        case .half: 0xffff
        case .word: 0xffff_ffff
        }
    }
}

extension ClassicOperation.Arithmetic {
    /// The largest result on values up to `a` and a constant.
    fileprivate func bound(_ a: UInt32, _ constant: UInt32) -> UInt32 {
        switch self {
        case .div: constant == 0 ? 0 : a / constant
        case .rsh: constant > 31 ? a : a >> constant
        case .lsh: constant > 31 || a.leadingZeroBitCount < Int(constant) ? .max : a << constant
        case .add, .sub, .mul, .mod, .or, .and, .xor: bound(a, upTo: constant)
        }
    }

    /// The largest result on values up to `a` and up to `operand`.
    fileprivate func bound(_ a: UInt32, upTo operand: UInt32) -> UInt32 {
        switch self {
        case .add:
            let (sum, overflow) = a.addingReportingOverflow(operand)
            return overflow ? .max : sum
        case .mul:
            let (product, overflow) = a.multipliedReportingOverflow(by: operand)
            return overflow ? .max : product
        case .and: return min(a, operand)
        case .mod: return operand == 0 ? 0 : min(a, operand - 1)
        case .div, .rsh: return a
        case .sub, .or, .xor, .lsh: return .max
        }
    }
}
