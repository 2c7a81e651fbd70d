/// A set of A, X and the memory cells.
struct ClassicValues: OptionSet, Hashable {
    var rawValue: UInt32

    static let a = ClassicValues(rawValue: 1 << 16)
    static let x = ClassicValues(rawValue: 1 << 17)
    static let cells = ClassicValues(rawValue: 0xffff)

    static func cell(_ number: UInt32) -> ClassicValues { ClassicValues(rawValue: 1 << (number & 15)) }
    static func register(_ register: ClassicOperation.Register) -> ClassicValues { register == .a ? .a : .x }
}

extension ClassicOperation {
    /// What the operation reads.
    func reads(_ dialect: ClassicDialect) -> ClassicValues {
        switch self {
        case .loadAbsolute(_, let offset):
            guard dialect == .linux, let field = AncillaryField(offset: offset) else { return [] }
            return field.reads
        case .loadIndexed: return .x
        case .loadMemory(_, let cell): return .cell(cell)
        case .store(let register, _): return .register(register)
        case .branch(_, _, let ifTrue, let ifFalse) where ifTrue == ifFalse: return []
        case .arithmetic(_, let operand), .branch(_, let operand, _, _): return operand == .x ? [.a, .x] : .a
        case .negate, .returnAccumulator, .copyToX: return .a
        case .copyToA: return .x
        case .loadHeaderLength, .loadLength, .loadConstant, .jump, .returnConstant: return []
        }
    }

    /// What the operation writes.
    var writes: ClassicValues {
        switch self {
        case .loadAbsolute, .loadIndexed, .arithmetic, .negate, .copyToA: .a
        case .loadHeaderLength, .copyToX: .x
        case .loadLength(let register), .loadConstant(let register, _), .loadMemory(let register, _):
            .register(register)
        case .store(_, let cell): .cell(cell)
        case .jump, .branch, .returnConstant, .returnAccumulator: []
        }
    }

    /// Whether the operation ends every run that gets to it.
    func alwaysEnds(_ dialect: ClassicDialect) -> Bool {
        switch self {
        case .returnConstant, .returnAccumulator: true
        // No packet is so long, and libpcap counts offsets without a sign.
        case .loadAbsolute(_, let offset), .loadIndexed(_, let offset), .loadHeaderLength(let offset):
            dialect == .libpcap && offset > UInt32(Int32.max)
        case .loadLength, .loadConstant, .loadMemory, .store, .arithmetic, .negate, .jump, .branch, .copyToX, .copyToA:
            false
        }
    }

    /// Where control goes from the operation at `index`.
    func successors(at index: Int, _ dialect: ClassicDialect) -> [Int] {
        if alwaysEnds(dialect) { return [] }
        switch self {
        case .jump(let distance): return [index + 1 + dialect.distance(distance)]
        case .branch(_, _, let ifTrue, let ifFalse):
            return ifTrue == ifFalse
                ? [index + 1 + Int(ifTrue)] : [index + 1 + Int(ifTrue), index + 1 + Int(ifFalse)]
        case .loadAbsolute, .loadIndexed, .loadHeaderLength, .loadLength, .loadConstant, .loadMemory, .store,
            .arithmetic,
            .negate, .returnConstant, .returnAccumulator, .copyToX, .copyToA:
            return [index + 1]
        }
    }
}

extension ClassicDialect {
    /// How far an unconditional jump's constant leads: libpcap reads it with a sign.
    func distance(_ constant: UInt32) -> Int {
        switch self {
        case .linux: Int(constant)
        case .libpcap: Int(Int32(truncatingIfNeeded: constant))
        }
    }
}

extension AncillaryField {
    /// What finding the field reads.
    fileprivate var reads: ClassicValues {
        switch self {
        case .netlinkAttribute, .nestedNetlinkAttribute, .exclusiveOrX: [.a, .x]
        // Without an interface the program ends with A.
        case .interfaceIndex, .hardwareType: .a
        case .linkProtocol, .packetType, .mark, .queue, .receiveHash, .processor, .vlanTag, .vlanTagPresent,
            .payloadOffset, .random, .vlanProtocol:
            []
        }
    }
}
