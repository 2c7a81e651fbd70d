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
        _ = try PointerArithmetic.result(
            operation, pointer, left.isPointer ? right : left, pointerFirst: left.isPointer, register: register)
    }
}
