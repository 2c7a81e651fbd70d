/// Lowered code at an address that never changes.
///
/// Invariant: `start` is the address of `count` operations, initialised once.
///
/// `@unchecked Sendable` because nothing writes the operations after `init`.
@safe final class OperationBuffer: @unchecked Sendable {
    private let operations: UnsafeMutableBufferPointer<Operation>

    init(_ operations: [Operation]) {
        unsafe self.operations = .allocate(capacity: operations.count)
        _ = unsafe self.operations.initialize(from: operations)
    }

    /// The address of the first operation.
    var start: UnsafeRawPointer {
        // Lowering ends every program with an operation, so there is at least one.
        unsafe UnsafeRawPointer(operations.baseAddress.unsafelyUnwrapped)
    }

    /// The address of what comes before an operation: where the interpreter is when it goes on to that one.
    func address(before index: Int) -> UInt64 {
        unsafe UInt64(UInt(bitPattern: start)) &+ UInt64(bitPattern: Int64((index - 1) * Operation.stride))
    }

    deinit { unsafe operations.deallocate() }
}
