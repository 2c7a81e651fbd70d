import BPFModel

/// What a program called a host's helper with.
///
/// It is there during the call, and can't be kept: memory is reached only within it. The verifier proved that the
/// memory is there and as long as the sizes say.
@safe public struct HelperArguments: ~Copyable {
    private let state: UnsafeMutablePointer<MachineState>
    private let prototype: HelperPrototype

    init(_ state: UnsafeMutablePointer<MachineState>, _ prototype: HelperPrototype) {
        unsafe self.state = state
        self.prototype = prototype
    }

    /// An argument as it is, counted from 0; 0 past the last one.
    public subscript(_ index: Int) -> UInt64 {
        guard prototype.arguments.indices.contains(index) else { return 0 }
        return unsafe MachineState.registers(state)[index + 1]
    }

    /// The number of the worker that runs the program.
    public var workerID: UInt32 { unsafe state.pointee.workerID }

    /// Calls `body` with the memory of an argument, which is empty where the argument is none.
    public func withBytes<Result>(_ index: Int, _ body: (Span<UInt8>) -> Result) -> Result {
        body(unsafe UnsafeBufferPointer(memory(index)).span)
    }

    /// Calls `body` with memory that the helper fills, which is empty where the argument is none.
    public func withMutableBytes<Result>(
        _ index: Int, _ body: (inout MutableSpan<UInt8>) -> Result
    ) -> Result {
        let memory = unsafe isWritable(index) ? memory(index) : UnsafeMutableBufferPointer(start: nil, count: 0)
        var span = unsafe memory.mutableSpan
        return body(&span)
    }

    private func isWritable(_ index: Int) -> Bool {
        guard prototype.arguments.indices.contains(index) else { return false }
        return prototype.arguments[index] == .writableMemory || prototype.arguments[index] == .writableDouble
    }

    private func memory(_ index: Int) -> UnsafeMutableBufferPointer<UInt8> {
        let address = self[index]
        let count = address == 0 ? 0 : size(index, at: address)
        guard count > 0 else { return unsafe UnsafeMutableBufferPointer(start: nil, count: 0) }
        let start = unsafe HelperFunctions.pointer(address).assumingMemoryBound(to: UInt8.self)
        return unsafe UnsafeMutableBufferPointer(start: start, count: count)
    }

    private func size(_ index: Int, at address: UInt64) -> Int {
        switch prototype.arguments[index] {
        case .readableMemory, .readableMemoryOrNull, .writableMemory: return Int(truncatingIfNeeded: self[index + 1])
        case .writableDouble: return 8
        case .constantString:
            let start = unsafe HelperFunctions.pointer(address)
            var count = 0
            while unsafe start.load(fromByteOffset: count, as: UInt8.self) != 0 { count += 1 }
            return count
        case .anything, .context, .map, .mapKey, .mapValue, .writableMapValue, .size, .sizeOrZero, .recordSize,
            .record, .spinLock, .callback, .callbackContext:
            return 0
        }
    }
}

/// A host's helper, as programs hold it.
final class HostHelper: Sendable {
    let prototype: HelperPrototype
    let body: HelperRegistry.Body

    init(_ prototype: HelperPrototype, _ body: @escaping HelperRegistry.Body) {
        self.prototype = prototype
        self.body = body
    }

    /// What an operation holds; valid while the helper lives.
    var address: Int64 { unsafe Int64(Int(bitPattern: Unmanaged.passUnretained(self).toOpaque())) }

    func call(_ state: UnsafeMutablePointer<MachineState>) -> UInt64 {
        unsafe body(HelperArguments(state, prototype))
    }

    /// A call is two operations, the second of which only holds the helper.
    static let detour = unsafe DetourEntry { state, operation in
        let state = unsafe HelperFunctions.machine(state)
        let helper = unsafe HelperFunctions.pointer(Cursor(operation + Operation.stride).immediate)
        let result = unsafe Unmanaged<HostHelper>.fromOpaque(helper)._withUnsafeGuaranteedRef { unsafe $0.call(state) }
        unsafe MachineState.registers(state)[0] = result
        return unsafe operation + Operation.stride
    }
}

extension Worker {
    /// Calls a host's helper with arguments that were checked.
    func call(_ helper: HostHelper, _ arguments: [UInt64]) -> UInt64 {
        for (index, argument) in arguments.enumerated() where index < 5 {
            unsafe MachineState.registers(state)[index + 1] = argument
        }
        return unsafe helper.call(state)
    }
}
