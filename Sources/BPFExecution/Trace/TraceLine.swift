/// A line that a program wrote with `bpf_trace_printk`.
public struct TraceLine: Hashable, Sendable {
    /// The text, without the line end that Linux adds; a program may have written one of its own.
    public let text: String
    /// The number of the worker that ran the program.
    public let worker: UInt32

    /// Makes a line from its parts.
    public init(text: String, worker: UInt32) {
        self.text = text
        self.worker = worker
    }
}
