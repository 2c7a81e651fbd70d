import BPFModel

extension Checker {
    func checkArithmetic(
        _ operation: ALUOperation, _ width: Width, _ destination: Register, _ source: Operand, _ state: MachineState
    ) throws(Failure) {
        let left = state[destination]
        let right = state.value(of: source)
        guard left.isPointer || right.isPointer else { return }
        guard !(left.isPointer && right.isPointer) else {
            guard operation == .sub && options.mayLeakPointers else {
                throw operation == .add ? .pointerSum(destination) : .operation("\(operation)", on: destination, left)
            }
            return
        }
        let register: Register
        if case .register(let source) = source, right.isPointer { register = source } else { register = destination }
        let pointer = left.isPointer ? left : right
        if width == .word {
            guard operation == .sub && options.mayLeakPointers else { throw .narrowArithmetic(register, pointer) }
            return
        }
        let result = try PointerArithmetic.result(
            operation, pointer, left.isPointer ? right : left, pointerFirst: left.isPointer, register: register)
        if !options.mayLeakPointers {
            try requireInside(register, result)
            guard result.kind == .stack || result.kind == .mapValue || source.isImmediate else {
                throw .unprivilegedOffset(register, pointer)
            }
        }
    }

    /// Where addresses must not leak, pointers may not even leave what they point into: a processor that guesses
    /// ahead could access memory there.
    private func requireInside(_ register: Register, _ pointer: RegisterState) throws(Failure) {
        switch pointer.kind {
        case .stack:
            guard pointer.range.isConstant else { throw .stackUnbounded(register, pointer) }
            guard pointer.offset >= -Int32(ProgramLimits.stackBytes), pointer.offset < 0 else {
                throw .leavesStack(register, at: Int64(pointer.offset))
            }
        case .mapValue:
            try checkRegion(register, pointer, 0, 1, of: Int64(maps[pointer]?.valueSize ?? 0))
        case .uninitialized, .scalar, .context, .packet, .packetMeta, .packetEnd, .map, .mapValueOrNull, .mapKey,
            .mapOrNull,
            .record, .recordOrNull, .function, .memory:
            break
        }
    }

    /// Addresses may be compared with 0, and packet addresses with each other.
    func checkComparison(
        _ condition: BranchCondition, _ width: Width, _ left: Register, _ right: Operand, _ state: MachineState
    ) throws(Failure) {
        guard !options.mayLeakPointers else { return }
        let (first, second) = (state[left], state.value(of: right))
        if first.kind.pointsAroundPacket && second.kind.pointsAroundPacket { return }
        if case .register(let register) = right, second.isPointer { throw .leak(register, second) }
        let isNullCheck = (condition == .equal || condition == .notEqual) && width == .double && second.constant == 0
        let mayBeCompared = first.kind.whenNotNull != nil || first.kind.isNeverNull
        guard !first.isPointer || isNullCheck && mayBeCompared else { throw .leak(left, first) }
    }
}

extension RegisterState.Kind {
    /// Whether it points into the packet or its metadata, or to their end.
    fileprivate var pointsAroundPacket: Bool { isPacket || self == .packetEnd }
}

extension Operand {
    fileprivate var isImmediate: Bool {
        switch self {
        case .immediate: true
        case .register: false
        }
    }
}
