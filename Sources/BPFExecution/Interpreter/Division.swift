import BPFModel

/// Division and modulo, out of the interpreter's loop.
enum Division {
    @inline(never)
    static func apply(_ operation: ALUOperation, _ width: Width, _ left: UInt64, _ right: UInt64) -> UInt64 {
        operation.apply(left, right, width: width)
    }
}
