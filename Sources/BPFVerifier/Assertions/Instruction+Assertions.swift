import BPFModel

extension Instruction {
    /// What must hold before the instruction runs, in the order it is checked.
    var assertions: [Assertion] {
        var result: [Assertion] = []
        forEachAssertion { assertion in result.append(assertion) }
        return result
    }

    /// Hands out what must hold before the instruction runs, in the order it is checked.
    ///
    /// The proof asks at every step, and lists would cost it more than all else.
    func forEachAssertion<Problem: Error>(_ prove: (Assertion) throws(Problem) -> Void) throws(Problem) {
        switch self {
        case .alu(let operation, let width, let destination, let source):
            try Self.forEachAssertion(operation, width, destination, source, prove)
        case .negate(_, let register), .byteSwap(_, _, let register):
            try prove(.initialized(register))
            try prove(.leaksNoPointer(register))
            try prove(.writable(register))
        case .moveSignExtended(_, _, let destination, let source):
            try prove(.initialized(source))
            try prove(.leaksNoPointer(source))
            try prove(.writable(destination))
        case .load(let size, let signExtended, let destination, let base, let offset):
            try prove(.initialized(base))
            try prove(.writable(destination))
            try prove(.access(MemoryAccess(.load(signExtended: signExtended), size, base, offset)))
        case .loadAcquire(let size, let destination, let base, let offset):
            try prove(.initialized(base))
            try prove(.writable(destination))
            try prove(.access(MemoryAccess(.orderedLoad, size, base, offset)))
        case .store(let size, let base, let offset, let source):
            if case .register(let register) = source { try prove(.initialized(register)) }
            try prove(.initialized(base))
            try prove(.access(MemoryAccess(.store, size, base, offset, value: source)))
        case .storeRelease(let size, let base, let offset, let source):
            try prove(.initialized(source))
            try prove(.initialized(base))
            try prove(.access(MemoryAccess(.orderedStore, size, base, offset, value: .register(source))))
        case .atomic(let operation, let width, let base, let offset, let source):
            try Self.forEachAssertion(operation, width, base, offset, source, prove)
        case .loadWide(let destination, let immediate):
            try prove(.writable(destination))
            try prove(.names(immediate))
        case .loadPacket(_, let offset):
            if case .indirect(let register, _) = offset { try prove(.initialized(register)) }
            try prove(.initialized(.r6))
            try prove(.packetLoad)
            try prove(.holdsNothing(.packetLoad))
        case .jump, .longJump: break
        case .branch(let condition, let width, let left, let right, _):
            if case .register(let register) = right { try prove(.initialized(register)) }
            try prove(.initialized(left))
            try prove(.comparable(condition, width, left, right))
        case .call(let target): try target.forEachAssertion(prove)
        case .exit:
            try prove(.holdsNothing(.exit))
            try prove(.leavesNoFrame(.r0))
        }
    }

    private static func forEachAssertion<Problem: Error>(
        _ operation: ALUOperation, _ width: Width, _ destination: Register, _ source: Operand,
        _ prove: (Assertion) throws(Problem) -> Void
    ) throws(Problem) {
        if case .register(let register) = source { try prove(.initialized(register)) }
        if operation == .mov {
            if width == .word, case .register(let register) = source { try prove(.leaksNoPointer(register)) }
            return try prove(.writable(destination))
        }
        try prove(.initialized(destination))
        if case .immediate(let number) = source {
            if operation.isDivision { try prove(.divisor(number)) }
            if operation.isShift { try prove(.shiftCount(number, width)) }
        }
        try prove(.writable(destination))
        try prove(.arithmetic(operation, width, destination, source))
    }

    private static func forEachAssertion<Problem: Error>(
        _ operation: AtomicOperation, _ width: Width, _ base: Register, _ offset: Int16, _ source: Register,
        _ prove: (Assertion) throws(Problem) -> Void
    ) throws(Problem) {
        try prove(.initialized(source))
        try prove(.initialized(base))
        if operation == .compareExchange {
            try prove(.initialized(.r0))
            try prove(.leaksNoPointer(.r0))
        }
        try prove(.leaksNoPointer(source))
        if let written = operation.resultRegister(source: source) {
            try prove(.writable(written))
            try prove(.keepsAddress(base, result: written))
        }
        try prove(.access(MemoryAccess(.atomic, width.memorySize, base, offset, value: .register(source))))
    }
}

extension CallTarget {
    fileprivate func forEachAssertion<Problem: Error>(
        _ prove: (Assertion) throws(Problem) -> Void
    ) throws(Problem) {
        switch self {
        case .helper(let id):
            try prove(.helper(id))
            try HelperPrototype.row(of: id)?.forEachAssertion(prove)
        case .local:
            try prove(.callable(self))
            try prove(.callDepth)
        case .platform:
            try prove(.callable(self))
        }
    }
}

extension HelperPrototype {
    /// Each argument by itself; memory together with the size that follows it.
    func forEachAssertion<Problem: Error>(
        _ prove: (Assertion) throws(Problem) -> Void
    ) throws(Problem) {
        if id != Self.spinUnlock.id { try prove(.holdsNoLock) }
        for (index, argument) in arguments.enumerated() {
            let register = Register.arguments[index]
            try prove(.argument(register, argument))
            switch argument {
            case .anything, .context, .mapKey, .mapValue, .writableMapValue, .readableMemory, .readableMemoryOrNull,
                .writableMemory, .writableDouble, .constantString, .recordSize, .record, .callback, .callbackContext:
                break
            case .map: try prove(.mapType(register, helper: id))
            case .spinLock: try prove(.lock(register, isTaken: id == Self.spinLock.id))
            case .size, .sizeOrZero:
                if index > 0 { try prove(bytes(at: index - 1, mayBeNone: argument == .sizeOrZero)) }
            }
        }
        if callback != nil { try prove(.callDepth) }
        if id == Self.tailCall.id { try prove(.holdsNothing(.tailCall)) }
    }

    private func bytes(at index: Int, mayBeNone: Bool) -> Assertion {
        .bytes(
            Register.arguments[index], count: Register.arguments[index + 1],
            filled: arguments[index] == .writableMemory, mayBeNone: mayBeNone,
            mayBeNull: arguments[index] == .readableMemoryOrNull)
    }
}

extension ALUOperation {
    var isShift: Bool {
        switch self {
        case .lsh, .rsh, .arsh: true
        case .add, .sub, .mul, .div, .or, .and, .mod, .xor, .mov, .sdiv, .smod: false
        }
    }
}
