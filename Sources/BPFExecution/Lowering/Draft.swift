/// An operation before its place is known: where it jumps is still an instruction.
struct Draft {
    var operation: Operation
    /// The instruction it came from; the first of them where several were fused.
    var instruction: Int
    /// The instruction it jumps to.
    var target: Int?
}
