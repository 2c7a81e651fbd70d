extension LoweredProgram {
    /// Runs the program with what the worker's context holds.
    func run(_ worker: Worker, _ r1: UInt64, _ r2: UInt64) -> UInt64 {
        unsafe Interpreter.run(buffer.start, worker.state, r1, r2)
    }
}
