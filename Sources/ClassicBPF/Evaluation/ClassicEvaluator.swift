/// The reference for what classic programs mean: runs one instruction after the other, checking everything.
///
/// It takes any program, checked or not, and any packet: what cannot go on ends in a ``ClassicFault``. It also runs what cannot
/// be translated, the backward jumps of libpcap's `protochain`.
public struct ClassicEvaluator: Sendable {
    /// The program it runs.
    public let program: ClassicProgram
    /// By whose rules.
    public let dialect: ClassicDialect

    private let operations: [ClassicOperation?]

    /// The most instructions a run may take by default.
    ///
    /// A Linux program never takes more than it has instructions.
    public static let defaultStepLimit = 1_000_000

    /// Prepares to run `program`, whether it is checked or not.
    public init(_ program: ClassicProgram, dialect: ClassicDialect) {
        self.program = program
        self.dialect = dialect
        operations = program.instructions.map(\.operation)
    }

    /// Runs the program on `packet` and returns its verdict: the number of bytes to keep, 0 for none.
    ///
    /// - Throws: where the program can't go on, or has not ended after `stepLimit` instructions.
    public func run(
        on packet: Span<UInt8>, metadata: ClassicMetadata = ClassicMetadata(), stepLimit: Int = defaultStepLimit
    ) throws(ClassicFault) -> UInt32 {
        let loads = PacketLoads(dialect: dialect, metadata: metadata)
        var registers = ClassicRegisters()
        var index = 0
        for _ in 0..<max(0, stepLimit) {
            guard operations.indices.contains(index) else {
                throw .outsideProgram(index, count: operations.count)
            }
            guard let operation = operations[index] else {
                throw .unknownCode(at: index, program.instructions[index].code)
            }
            switch operation {
            case .loadAbsolute(let size, let offset):
                switch loads.absolute(size, at: offset, of: packet, registers) {
                case .value(let value): registers.a = value
                case .ends(let verdict): return verdict
                }
            case .loadIndexed(let size, let offset):
                guard let value = loads.indexed(size, at: offset, of: packet, x: registers.x) else { return 0 }
                registers.a = value
            case .loadHeaderLength(let offset):
                guard let byte = loads.bytes(.byte, at: offset, of: packet) else { return 0 }
                registers.x = (byte & 0xf) << 2
            case .loadLength(let register): registers[register] = loads.length(of: packet)
            case .loadConstant(let register, let value): registers[register] = value
            case .loadMemory(let register, let cell):
                guard cell < ClassicProgram.memoryCells else { throw .cellOutOfRange(at: index, cell) }
                registers[register] = registers.cells[Int(cell)]
            case .store(let register, let cell):
                guard cell < ClassicProgram.memoryCells else { throw .cellOutOfRange(at: index, cell) }
                registers.cells[Int(cell)] = registers[register]
            case .arithmetic(let arithmetic, .x):
                guard let value = arithmetic.apply(registers.a, registers.x, dialect) else { return 0 }
                registers.a = value
            case .arithmetic(let arithmetic, .constant(let constant)):
                guard let value = arithmetic.apply(registers.a, constant, dialect) else {
                    throw .divisionByZero(at: index)
                }
                registers.a = value
            case .negate: registers.a = 0 &- registers.a
            case .jump(let distance):
                switch dialect {
                case .linux: index &+= Int(distance)
                case .libpcap: index &+= Int(Int32(truncatingIfNeeded: distance))
                }
            case .branch(let condition, let operand, let ifTrue, let ifFalse):
                index &+= Int(condition.holds(registers.a, registers.value(of: operand)) ? ifTrue : ifFalse)
            case .returnConstant(let value): return value
            case .returnAccumulator: return registers.a
            case .copyToX: registers.x = registers.a
            case .copyToA: registers.a = registers.x
            }
            index &+= 1
        }
        throw .stepLimit(at: index, stepLimit)
    }
}

/// A, X and the memory cells, all zero at the start.
struct ClassicRegisters {
    var a: UInt32 = 0
    var x: UInt32 = 0
    var cells = InlineArray<16, UInt32>(repeating: 0)

    subscript(register: ClassicOperation.Register) -> UInt32 {
        get { register == .a ? a : x }
        set { if register == .a { a = newValue } else { x = newValue } }
    }

    func value(of operand: ClassicOperation.Operand) -> UInt32 {
        switch operand {
        case .x: x
        case .constant(let value): value
        }
    }
}
