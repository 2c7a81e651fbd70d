import BPFModel

/// Proves assertions in a state, or says why they can't be proved.
///
/// A class, so that the explorer hands on one reference, not a copy of everything in it.
final class Checker: Sendable {
    let type: ProgramType
    let layout: ContextLayout
    let maps: MapTable
    let license: String
    let isGPLCompatible: Bool
    let options: Verifier.Options
    let unwrittenReads = UnwrittenReads()

    init(_ spec: ProgramSpec, options: Verifier.Options) {
        type = spec.type
        layout = spec.type.context
        maps = MapTable(spec.maps)
        license = spec.license
        isGPLCompatible = spec.isGPLCompatible
        self.options = options
    }

    /// - Throws: ``Failure`` where one of the instruction's assertions may not hold.
    func check(_ instruction: Instruction, in state: MachineState) throws(Failure) {
        try instruction.forEachAssertion { assertion throws(Failure) in try check(assertion, in: state) }
    }

    /// - Throws: ``Failure`` where the assertion may not hold.
    func check(_ assertion: Assertion, in state: MachineState) throws(Failure) {
        switch assertion {
        case .initialized(let register):
            guard state[register].kind != .uninitialized else { throw .uninitialized(register) }
        case .writable(let register):
            guard register != .framePointer else { throw .framePointerWrite }
        case .shiftCount(let count, let width):
            guard count >= 0 && count < Int32(width.rawValue) else { throw .shiftCount(count, width) }
        case .divisor(let number):
            guard number != 0 else { throw .zeroDivisor }
        case .arithmetic(let operation, let width, let destination, let source):
            try checkArithmetic(operation, width, destination, source, state)
        case .comparable(let condition, let width, let left, let right):
            try checkComparison(condition, width, left, right, state)
        case .access(let access):
            try checkAccess(access, state)
        case .keepsAddress(let base, let result):
            guard base != result else { throw .addressOverwritten(base) }
        case .packetLoad:
            try checkPacketLoad(state)
        case .names(let immediate):
            try checkWideImmediate(immediate)
        case .helper(let id):
            try checkHelper(id, state)
        case .argument(let register, let argument):
            try checkArgument(argument, in: register, state)
        case .bytes(let memory, let count, let filled, let mayBeNone, let mayBeNull):
            try checkSize(count, mayBeNone: mayBeNone, state)
            try checkBytes(memory, count: count, filled: filled, mayBeNull: mayBeNull, state)
        case .mapType(let register, let helper):
            try checkMapType(register, helper, state)
        case .lock(let register, let isTaken):
            try checkLock(register, isTaken: isTaken, state)
        case .holdsNoLock:
            if let lock = state.held.lock { throw .callWithLock(lock) }
        case .holdsNothing(let place):
            try checkHoldings(at: place, state)
        case .callDepth:
            guard state.depth < ProgramLimits.callDepth else { throw .callTooDeep(state.depth + 1) }
        case .callable(let target):
            try checkTarget(target)
        case .leaksNoPointer(let register):
            guard options.mayLeakPointers || !state[register].isPointer else { throw .leak(register, state[register]) }
        case .leavesNoFrame(let register):
            try checkReturn(register, state)
        }
    }

    /// The main program's result must be there; no function may return an address of its own stack, and callbacks
    /// return whether to stop.
    private func checkReturn(_ register: Register, _ state: MachineState) throws(Failure) {
        let result = state[register]
        if state.frame.isCallback {
            guard result.kind == .scalar, result.range.wide.umax <= 1 else { throw .callbackResult(register, result) }
            try checkCallbackHoldings(state)
        } else if state.callers.isEmpty {
            guard result.kind != .uninitialized else { throw .uninitialized(register) }
            guard options.mayLeakPointers || !result.isPointer else { throw .leak(register, result) }
        } else if result.kind == .stack {
            throw .frameEscapes(register)
        }
    }

    private func checkPacketLoad(_ state: MachineState) throws(Failure) {
        switch type {
        case .socketFilter, .schedCls: break
        case .xdp, .kprobe, .tracepoint, .rawTracepoint, .seccomp: throw .noPacketLoads(type)
        }
        guard state.callers.isEmpty else { throw .packetLoadInFunction }
        let context = state[.r6]
        guard context.kind == .context, context.offset == 0, !context.isVariable else {
            throw .packetLoadContext(context)
        }
    }

    func checkWideImmediate(_ immediate: WideImmediate) throws(Failure) {
        switch immediate {
        case .value: break
        case .map(let number):
            guard let map = maps[number] else { throw .unknownMap(number) }
            try checkLockIsAllowed(map)
        case .mapValue(let number, let offset):
            guard let map = maps[number] else { throw .unknownMap(number) }
            try checkLockIsAllowed(map)
            guard map.type.hasDirectValue else { throw .noDirectValue(map.type) }
            guard map.maxEntries == 1 else { throw .directValueOfMany(map.maxEntries) }
            guard Int(UInt32(bitPattern: offset)) < map.valueSize else { throw .mapOffset(offset, map.valueSize) }
        case .variable: throw .unsupported("variables of the kernel")
        case .function:
            guard options.isPrivileged else { throw .functionAddress }
        case .mapIndex, .mapIndexValue: throw .unsupported("maps by index")
        }
    }
}
