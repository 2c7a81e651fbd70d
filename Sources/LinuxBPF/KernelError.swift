public import BPFModel

/// Why the kernel refused a call.
public struct KernelError: Error, Hashable, Sendable, CustomStringConvertible {
    /// What was asked for, such as `map create`.
    public var operation: String
    /// The error number.
    public var errno: Errno
    /// The verifier's log, where there is one; empty otherwise.
    public var log: String

    init(_ operation: String, _ errno: Errno, log: String = "") {
        self.operation = operation
        self.errno = errno
        self.log = log
    }

    /// The line of the verifier's log that says why; empty without a log.
    public var reason: String { VerifierLog(text: log).reason }

    /// The operation, the error's name, and the verifier's reason where there is one.
    public var description: String {
        let reason = reason
        return "the kernel refuses \(operation): \(errno)" + (reason.isEmpty ? "" : ", \(reason)")
    }

    /// Calls bpf(2) for an operation that has a name.
    static func naming<Result>(
        _ operation: String, _ call: () throws(Errno) -> Result
    ) throws(KernelError) -> Result {
        do { return try call() } catch { throw KernelError(operation, error) }
    }
}
