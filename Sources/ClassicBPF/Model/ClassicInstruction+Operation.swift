/// The fields of a code: three bits of class, then size and mode of loads, or operation and source of the rest.
enum ClassicCode {
    static let classMask: UInt16 = 0x07
    static let load: UInt16 = 0x00
    static let loadX: UInt16 = 0x01
    static let store: UInt16 = 0x02
    static let storeX: UInt16 = 0x03
    static let arithmetic: UInt16 = 0x04
    static let jump: UInt16 = 0x05
    static let ret: UInt16 = 0x06
    static let misc: UInt16 = 0x07

    static let sizeMask: UInt16 = 0x18
    static let modeMask: UInt16 = 0xe0
    static let immediate: UInt16 = 0x00
    static let absolute: UInt16 = 0x20
    static let indexed: UInt16 = 0x40
    static let memory: UInt16 = 0x60
    static let length: UInt16 = 0x80
    static let headerLength: UInt16 = 0xa0

    static let operationMask: UInt16 = 0xf0
    static let sourceX: UInt16 = 0x08
    static let negate: UInt16 = 0x80

    static let returnA: UInt16 = 0x10
    static let copyToA: UInt16 = 0x80
}

extension ClassicInstruction {
    /// The meaning of the instruction, or nil where its code has none.
    ///
    /// A code means something only as a whole: one with a stray bit set is unknown, as in Linux's checker.
    public var operation: ClassicOperation? {
        guard code <= 0xff else { return nil }
        switch code & ClassicCode.classMask {
        case ClassicCode.load: return loadOperation
        case ClassicCode.loadX: return loadXOperation
        case ClassicCode.store: return code == ClassicCode.store ? .store(.a, cell: k) : nil
        case ClassicCode.storeX: return code == ClassicCode.storeX ? .store(.x, cell: k) : nil
        case ClassicCode.arithmetic: return arithmeticOperation
        case ClassicCode.jump: return jumpOperation
        case ClassicCode.ret:
            if code == ClassicCode.ret { return .returnConstant(k) }
            return code == ClassicCode.ret | ClassicCode.returnA ? .returnAccumulator : nil
        default:
            if code == ClassicCode.misc { return .copyToX }
            return code == ClassicCode.misc | ClassicCode.copyToA ? .copyToA : nil
        }
    }

    private var loadOperation: ClassicOperation? {
        guard let size = ClassicOperation.Size(rawValue: code & ClassicCode.sizeMask) else { return nil }
        switch code & ClassicCode.modeMask {
        case ClassicCode.absolute: return .loadAbsolute(size, offset: k)
        case ClassicCode.indexed: return .loadIndexed(size, offset: k)
        case ClassicCode.immediate: return size == .word ? .loadConstant(.a, k) : nil
        case ClassicCode.memory: return size == .word ? .loadMemory(.a, cell: k) : nil
        case ClassicCode.length: return size == .word ? .loadLength(.a) : nil
        default: return nil
        }
    }

    private var loadXOperation: ClassicOperation? {
        switch code & ~ClassicCode.classMask {
        case ClassicCode.immediate: .loadConstant(.x, k)
        case ClassicCode.memory: .loadMemory(.x, cell: k)
        case ClassicCode.length: .loadLength(.x)
        case ClassicCode.headerLength | ClassicOperation.Size.byte.rawValue: .loadHeaderLength(offset: k)
        default: nil
        }
    }

    private var operand: ClassicOperation.Operand { code & ClassicCode.sourceX != 0 ? .x : .constant(k) }

    private var arithmeticOperation: ClassicOperation? {
        if code == ClassicCode.arithmetic | ClassicCode.negate { return .negate }
        return ClassicOperation.Arithmetic(rawValue: code & ClassicCode.operationMask).map { .arithmetic($0, operand) }
    }

    private var jumpOperation: ClassicOperation? {
        if code == ClassicCode.jump { return .jump(k) }
        return ClassicOperation.Condition(rawValue: code & ClassicCode.operationMask)
            .map { .branch($0, operand, ifTrue: jt, ifFalse: jf) }
    }

    /// Encodes `operation`; fields it does not use are zero.
    public init(_ operation: ClassicOperation) {
        switch operation {
        case .loadAbsolute(let size, let offset):
            self.init(code: ClassicCode.load | ClassicCode.absolute | size.rawValue, k: offset)
        case .loadIndexed(let size, let offset):
            self.init(code: ClassicCode.load | ClassicCode.indexed | size.rawValue, k: offset)
        case .loadHeaderLength(let offset):
            let size = ClassicOperation.Size.byte.rawValue
            self.init(code: ClassicCode.loadX | ClassicCode.headerLength | size, k: offset)
        case .loadLength(let register): self.init(code: register.loadClass | ClassicCode.length)
        case .loadConstant(let register, let value): self.init(code: register.loadClass, k: value)
        case .loadMemory(let register, let cell): self.init(code: register.loadClass | ClassicCode.memory, k: cell)
        case .store(.a, let cell): self.init(code: ClassicCode.store, k: cell)
        case .store(.x, let cell): self.init(code: ClassicCode.storeX, k: cell)
        case .arithmetic(let operation, let operand):
            self.init(code: ClassicCode.arithmetic | operation.rawValue | operand.sourceBit, k: operand.constant)
        case .negate: self.init(code: ClassicCode.arithmetic | ClassicCode.negate)
        case .jump(let distance): self.init(code: ClassicCode.jump, k: distance)
        case .branch(let condition, let operand, let ifTrue, let ifFalse):
            let code = ClassicCode.jump | condition.rawValue | operand.sourceBit
            self.init(code: code, jt: ifTrue, jf: ifFalse, k: operand.constant)
        case .returnConstant(let value): self.init(code: ClassicCode.ret, k: value)
        case .returnAccumulator: self.init(code: ClassicCode.ret | ClassicCode.returnA)
        case .copyToX: self.init(code: ClassicCode.misc)
        case .copyToA: self.init(code: ClassicCode.misc | ClassicCode.copyToA)
        }
    }
}

extension ClassicOperation.Register {
    fileprivate var loadClass: UInt16 { self == .a ? ClassicCode.load : ClassicCode.loadX }
}

extension ClassicOperation.Operand {
    fileprivate var sourceBit: UInt16 { self == .x ? ClassicCode.sourceX : 0 }
    fileprivate var constant: UInt32 { if case .constant(let value) = self { value } else { 0 } }
}
