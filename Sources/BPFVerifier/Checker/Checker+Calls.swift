import BPFModel

extension Checker {
    func checkHelper(_ id: Int32, _ state: MachineState) throws(Failure) {
        guard let helper = options.helpers.row(of: id) else { throw .unknownHelper(id) }
        guard helper.programTypes.contains(type) else { throw .helperType(helper, type) }
        guard options.isPrivileged || !helper.needsPrivilege else { throw .helperPrivilege(helper) }
        guard !helper.needsGPL || isGPLCompatible else { throw .helperLicense(helper, license) }
        // What must hold for a host's own helper isn't known before there are options.
        try options.helpers.ownRow(of: id)?.forEachAssertion { (assertion) throws(Failure) in
            try check(assertion, in: state)
        }
    }

    func checkTarget(_ target: CallTarget) throws(Failure) {
        switch target {
        case .helper, .local: break
        case .platform: throw .platformCall
        }
    }

    func checkArgument(
        _ argument: HelperPrototype.Argument, in register: Register, _ state: MachineState
    ) throws(Failure) {
        let value = state[register]
        guard value.kind != .uninitialized else { throw .uninitialized(register) }
        switch argument {
        case .anything:
            guard options.mayLeakPointers || !value.isPointer else { throw .leak(register, value) }
        case .context:
            guard value.kind == .context, value.offset == 0, !value.isVariable else {
                throw .argument(register, value, expected: "the context, unmoved")
            }
        case .map:
            guard value.kind == .map, maps[value] != nil else {
                throw .argument(register, value, expected: "a map")
            }
        case .mapKey, .mapValue, .writableMapValue, .writableDouble, .constantString:
            try checkFixedMemory(argument, in: register, value, state)
        // Memory is checked together with its size.
        case .readableMemory, .readableMemoryOrNull, .writableMemory: break
        case .size, .sizeOrZero:
            guard value.kind == .scalar else { throw .argument(register, value, expected: "a number of bytes") }
        case .recordSize:
            guard value.kind == .scalar else { throw .argument(register, value, expected: "a number of bytes") }
            guard value.range.isConstant else { throw .recordSize(register, value.range) }
        case .record:
            guard value.kind == .record, value.offset == 0, !value.isVariable else {
                throw .argument(register, value, expected: "a record as it was reserved")
            }
        case .spinLock:
            guard value.kind == .mapValue else {
                throw .argument(register, value, expected: "the lock of a map's value")
            }
        case .callback:
            guard value.kind == .function else { throw .argument(register, value, expected: "a function") }
        case .callbackContext:
            guard value.kind == .stack || value.constant == 0 else {
                throw .argument(register, value, expected: "an address of the stack, or 0")
            }
        }
    }

    /// The map of a call is of a kind that the helper knows, and one it may change if it does.
    func checkMapType(_ register: Register, _ helper: Int32, _ state: MachineState) throws(Failure) {
        guard let helper = HelperPrototype.row(of: helper), let map = maps[state[register]] else { return }
        guard helper.mapTypes.contains(map.type) else { throw .mapType(register, map.type, helper) }
        if helper.changesMap, map.isReadOnlyForPrograms { throw .readOnlyMap(state[register].extent) }
    }

    func checkSize(_ register: Register, mayBeNone: Bool, _ state: MachineState) throws(Failure) {
        let range = state[register].range
        guard range.wide.smin >= 0 else { throw .negativeSize(register, range) }
        guard mayBeNone || range.wide.umin > 0 else { throw .zeroSize(register, range) }
        guard range.wide.umax < UInt64(PointerArithmetic.limit) else { throw .unboundedSize(register, range) }
    }
}
