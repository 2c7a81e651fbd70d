import BPFMaps
import BPFModel
import BPFVerifier

extension ReferenceMachine {
    /// Calls a helper, after checking its arguments against its prototype.
    mutating func call(_ callee: CallTarget) throws(Fault.Reason) {
        guard case .helper(let id) = callee, let helper = HelperPrototype.row(of: id) else {
            throw .unknownCall(callee)
        }
        guard engine.entry != .context || helper.programTypes.contains(engine.spec.type) else {
            throw .helperNotAllowed(name: helper.name, engine.spec.type)
        }
        var values: [UInt64] = []
        for register in Register.arguments.prefix(helper.arguments.count) { values.append(try read(register)) }
        var map: Map?
        for (index, argument) in helper.arguments.enumerated() {
            let next = index + 1 < values.count ? values[index + 1] : 0
            guard try check(argument, values[index], next: next, &map) else {
                throw .invalidArgument(name: helper.name, number: index + 1, argument)
            }
        }
        values += [UInt64](repeating: 0, count: 5 - values.count)
        guard let result = memory.callHelper(id, values, worker) else { throw .unknownCall(callee) }
        forgetArguments()
        try write(.r0, result)
    }

    /// Whether an argument is what it must be; memory that may not be accessed is a fault of its own.
    private mutating func check(
        _ argument: HelperPrototype.Argument, _ value: UInt64, next: UInt64, _ map: inout Map?
    ) throws(Fault.Reason) -> Bool {
        switch argument {
        case .anything: return true
        case .context: return engine.entry == .context && value == worker.contextAddress
        case .map:
            map = engine.maps.values.first { $0.address == value }
            return map != nil
        case .mapKey, .mapValue:
            guard let map else { return false }
            let size = argument == .mapKey ? map.spec.keySize : map.spec.valueSize
            try memory.checkReadable(value, size, frame: framePointer)
            return true
        case .readableMemory:
            guard let size = Self.size(next) else { return false }
            try memory.checkReadable(value, size, frame: framePointer)
            return true
        case .writableMemory:
            guard let size = Self.size(next) else { return false }
            try memory.checkWritable(value, size)
            return true
        case .writableMapValue, .readableMemoryOrNull, .writableDouble, .constantString, .recordSize, .record,
            .spinLock,
            .callback, .callbackContext:
            return false
        case .size: return value != 0 && Self.size(value) != nil
        case .sizeOrZero: return Self.size(value) != nil
        }
    }

    /// A size as helpers take it, far below what could overflow.
    private static func size(_ value: UInt64) -> Int? { value <= 1 << 29 ? Int(value) : nil }
}
