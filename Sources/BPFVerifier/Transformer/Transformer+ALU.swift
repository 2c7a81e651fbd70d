import BPFModel

extension Transformer {
    func applyALU(
        _ operation: ALUOperation, _ width: Width, _ destination: Register, _ source: Operand,
        to state: inout MachineState
    ) throws(Failure) {
        guard operation != .mov else { return move(width, destination, source, in: &state) }
        let left = state[destination]
        let right = state.value(of: source)
        guard left.isPointer || right.isPointer else {
            var result = RegisterState.scalar(
                left.range.applying(operation, right.range, width), left.dependencies.union(right.dependencies))
            if width == .double { result.stayTied(to: left, operation, right) }
            state[destination] = result
            return
        }
        guard width == .double, left.isPointer != right.isPointer else {
            // A difference of addresses, or half of one.
            state[destination] = .scalar(width == .double ? .unknown : .unsigned(bits: 32))
            return
        }
        let number = left.isPointer ? right : left
        state.demand(number)
        var result = try PointerArithmetic.result(
            operation, left.isPointer ? left : right, number, pointerFirst: left.isPointer, register: destination)
        if result.kind.isPacket, !number.range.isConstant { result.id = state.makeID() }
        state[destination] = result
    }

    /// Copies of an unknown number are tied together: what is learned of one holds for all.
    private func move(_ width: Width, _ destination: Register, _ source: Operand, in state: inout MachineState) {
        switch source {
        case .immediate(let number):
            let value = UInt64(truncatingIfNeeded: number)
            state[destination] = .constant(width == .double ? value : value & 0xffff_ffff)
        case .register(let register):
            let keepsValue = width == .double || state[register].range.wide.umax <= 0xffff_ffff
            if state[register].kind == .scalar, keepsValue {
                tie(register, in: &state)
                state[destination] = state[register]
            } else if width == .double {
                state[destination] = state[register]
            } else if state[register].isPointer {
                state[destination] = .scalar(.unsigned(bits: 32))
            } else {
                state[destination] = .scalar(state[register].range.zeroExtended(), state[register].dependencies)
            }
        }
    }

    /// Gives an unknown number an id, if it has none, before it is copied.
    func tie(_ register: Register, in state: inout MachineState) {
        guard state[register].kind == .scalar, state[register].id == 0, !state[register].range.isConstant else {
            return
        }
        state[register].id = state.makeID()
        state[register].offset = 0
    }

    func moveSignExtended(
        _ bits: SignExtendedWidth, _ width: Width, _ destination: Register, _ source: Register,
        in state: inout MachineState
    ) {
        guard state[source].kind == .scalar else {
            state[destination] = .scalar(width == .double ? .unknown : .unsigned(bits: 32))
            return
        }
        let extended = state[source].range.signExtended(from: bits)
        state[destination] = .scalar(
            width == .double ? extended : extended.zeroExtended(), state[source].dependencies)
    }

    /// Replaces a number by what `operation` makes of it; a pointer becomes an unknown number.
    func compute(_ register: Register, in state: inout MachineState, _ operation: (ScalarRange) -> ScalarRange) {
        let value = state[register]
        state[register] = .scalar(
            operation(value.kind == .scalar ? value.range : .unknown), value.dependencies)
    }
}

extension RegisterState {
    /// A number that a constant was added to stays tied to its copies, at that distance.
    fileprivate mutating func stayTied(to left: RegisterState, _ operation: ALUOperation, _ right: RegisterState) {
        guard left.id != 0, !range.isConstant, operation == .add || operation == .sub, let number = right.constant
        else { return }
        let distance = Int64(bitPattern: operation == .add ? number : 0 &- number)
        let sum = Int64(left.offset).addingReportingOverflow(distance)
        guard !sum.overflow, let offset = Int32(exactly: sum.partialValue) else { return }
        id = left.id
        self.offset = offset
    }
}
