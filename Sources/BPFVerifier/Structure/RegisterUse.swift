import BPFModel

/// The registers an instruction reads and writes, as bit masks: bit n is register n.
struct RegisterUse: Hashable, Sendable {
    var reads: UInt16 = 0
    var writes: UInt16 = 0

    static let arguments: UInt16 = 0b11_1110
    static let callerSaved: UInt16 = 0b11_1111
    static let calleeSaved: UInt16 = 0b11_1100_0000

    static func bit(_ register: Register) -> UInt16 { 1 << UInt16(register.rawValue) }

    private static func bit(_ operand: Operand) -> UInt16 {
        switch operand {
        case .register(let register): bit(register)
        case .immediate: 0
        }
    }

    /// - Parameter instruction: the instruction to look up.
    init(_ instruction: Instruction) {
        switch instruction {
        case .alu(let operation, _, let destination, let source):
            reads = Self.bit(source) | (operation == .mov ? 0 : Self.bit(destination))
            writes = Self.bit(destination)
        case .negate(_, let register), .byteSwap(_, _, let register):
            reads = Self.bit(register)
            writes = reads
        case .moveSignExtended(_, _, let destination, let source):
            reads = Self.bit(source)
            writes = Self.bit(destination)
        case .load(_, _, let destination, let base, _), .loadAcquire(_, let destination, let base, _):
            reads = Self.bit(base)
            writes = Self.bit(destination)
        case .store(_, let base, _, let source):
            reads = Self.bit(base) | Self.bit(source)
        case .storeRelease(_, let base, _, let source):
            reads = Self.bit(base) | Self.bit(source)
        case .atomic(let operation, _, let base, _, let source):
            let result = operation.resultRegister(source: source)
            reads = Self.bit(base) | Self.bit(source) | (operation == .compareExchange ? Self.bit(.r0) : 0)
            writes = result.map(Self.bit) ?? 0
        case .loadWide(let destination, _):
            writes = Self.bit(destination)
        case .loadPacket(_, let offset):
            reads = Self.bit(.r6)
            if case .indirect(let register, _) = offset { reads |= Self.bit(register) }
            writes = Self.callerSaved
        case .jump, .longJump: break
        case .branch(_, _, let left, let right, _):
            reads = Self.bit(left) | Self.bit(right)
        case .call(let target):
            reads = Self.arguments(of: target)
            writes = Self.callerSaved
        case .exit:
            reads = Self.bit(.r0)
        }
    }

    /// The arguments a call reads: a helper's as its row says, a function's all, since any may be passed on.
    private static func arguments(of target: CallTarget) -> UInt16 {
        switch target {
        case .helper(let id):
            guard let count = HelperPrototype.row(of: id)?.arguments.count else { return arguments }
            return arguments & ((1 << UInt16(count + 1)) - 1)
        case .local, .platform: return arguments
        }
    }
}

extension AtomicOperation {
    /// The register that receives the old value, or nil where none does.
    func resultRegister(source: Register) -> Register? {
        switch self {
        case .modify(_, let fetch): fetch ? source : nil
        case .exchange: source
        case .compareExchange: .r0
        }
    }
}
