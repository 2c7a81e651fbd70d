import BPFModel

extension Instruction {
    /// What must hold before the instruction runs, in the order it is checked.
    var assertions: [Assertion] {
        switch self {
        case .alu(let operation, let width, let destination, let source):
            Self.assertions(operation, width, destination, source)
        case .negate(_, let register), .byteSwap(_, _, let register):
            [.initialized(register), .leaksNoPointer(register), .writable(register)]
        case .moveSignExtended(_, _, let destination, let source):
            [.initialized(source), .leaksNoPointer(source), .writable(destination)]
        case .load(let size, let signExtended, let destination, let base, let offset):
            [
                .initialized(base), .writable(destination),
                .access(MemoryAccess(.load(signExtended: signExtended), size, base, offset)),
            ]
        case .loadAcquire(let size, let destination, let base, let offset):
            [.initialized(base), .writable(destination), .access(MemoryAccess(.orderedLoad, size, base, offset))]
        case .store(let size, let base, let offset, let source):
            source.initialized + [
                .initialized(base), .access(MemoryAccess(.store, size, base, offset, value: source)),
            ]
        case .storeRelease(let size, let base, let offset, let source):
            [
                .initialized(source), .initialized(base),
                .access(MemoryAccess(.orderedStore, size, base, offset, value: .register(source))),
            ]
        case .atomic(let operation, let width, let base, let offset, let source):
            Self.assertions(operation, width, base, offset, source)
        case .loadWide(let destination, let immediate):
            [.writable(destination), .names(immediate)]
        case .loadPacket(_, let offset):
            offset.initialized + [.initialized(.r6), .packetLoad, .holdsNothing(.packetLoad)]
        case .jump, .longJump: []
        case .branch(let condition, let width, let left, let right, _):
            right.initialized + [.initialized(left), .comparable(condition, width, left, right)]
        case .call(let target): target.assertions
        case .exit: [.holdsNothing(.exit), .leavesNoFrame(.r0)]
        }
    }

    private static func assertions(
        _ operation: ALUOperation, _ width: Width, _ destination: Register, _ source: Operand
    ) -> [Assertion] {
        var result = source.initialized
        if operation == .mov {
            if width == .word, case .register(let register) = source { result.append(.leaksNoPointer(register)) }
            return result + [.writable(destination)]
        }
        result.append(.initialized(destination))
        if case .immediate(let number) = source {
            if operation.isDivision { result.append(.divisor(number)) }
            if operation.isShift { result.append(.shiftCount(number, width)) }
        }
        return result + [.writable(destination), .arithmetic(operation, width, destination, source)]
    }

    private static func assertions(
        _ operation: AtomicOperation, _ width: Width, _ base: Register, _ offset: Int16, _ source: Register
    ) -> [Assertion] {
        var result: [Assertion] = [.initialized(source), .initialized(base)]
        if operation == .compareExchange { result += [.initialized(.r0), .leaksNoPointer(.r0)] }
        result.append(.leaksNoPointer(source))
        if let written = operation.resultRegister(source: source) {
            result += [.writable(written), .keepsAddress(base, result: written)]
        }
        result.append(.access(MemoryAccess(.atomic, width.memorySize, base, offset, value: .register(source))))
        return result
    }
}

extension Operand {
    fileprivate var initialized: [Assertion] {
        switch self {
        case .register(let register): [.initialized(register)]
        case .immediate: []
        }
    }
}

extension PacketOffset {
    fileprivate var initialized: [Assertion] {
        switch self {
        case .absolute: []
        case .indirect(let register, _): [.initialized(register)]
        }
    }
}

extension CallTarget {
    fileprivate var assertions: [Assertion] {
        switch self {
        case .helper(let id):
            HelperPrototype.row(of: id)?.assertions ?? [.helper(id)]
        case .local: [.callable(self), .callDepth]
        case .platform: [.callable(self)]
        }
    }
}

extension HelperPrototype {
    /// Each argument by itself; memory together with the size that follows it.
    fileprivate var assertions: [Assertion] {
        var result: [Assertion] = [.helper(id)]
        if id != Self.spinUnlock.id { result.append(.holdsNoLock) }
        for (index, (register, argument)) in zip(Register.arguments, arguments).enumerated() {
            switch argument {
            case .anything, .context, .mapKey, .mapValue, .writableMapValue, .readableMemory, .readableMemoryOrNull,
                .writableMemory, .writableDouble, .constantString, .recordSize, .record, .callback, .callbackContext:
                result.append(.argument(register, argument))
            case .map:
                result += [.argument(register, argument), .mapType(register, helper: id)]
            case .spinLock:
                result += [.argument(register, argument), .lock(register, isTaken: id == Self.spinLock.id)]
            case .size, .sizeOrZero:
                result.append(.argument(register, argument))
                if index > 0 { result.append(bytes(at: index - 1, mayBeNone: argument == .sizeOrZero)) }
            }
        }
        if callback != nil { result.append(.callDepth) }
        if id == Self.tailCall.id { result.append(.holdsNothing(.tailCall)) }
        return result
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
