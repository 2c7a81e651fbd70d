/// One operation of lowered code: 16 bytes, everything in it ready to use.
///
///     code  destination  source  auxiliary │ offset, 32 bits │ immediate, 64 bits
///
/// `offset` is a displacement in bytes: of memory from the base register, or of a jump from the next operation.
/// Packet loads keep the packet offset, and fused comparisons of memory the displacement, in the upper half of
/// `immediate`; fused comparisons have their operand in the lower half.
struct Operation {
    var code: Opcode
    var destination: UInt8 = 0
    var source: UInt8 = 0
    /// The size in bytes where the code doesn't say it.
    var auxiliary: UInt8 = 0
    var offset: Int32 = 0
    var immediate: Int64 = 0

    /// The size of an operation in bytes.
    @inline(__always)
    static var stride: Int { 16 }
}

extension Operation {
    /// The upper half of the immediate.
    var upperHalf: Int32 {
        get { Int32(truncatingIfNeeded: immediate >> 32) }
        set { immediate = Int64(newValue) << 32 | immediate & 0xffff_ffff }
    }

    /// The lower half of the immediate.
    var lowerHalf: UInt32 {
        get { UInt32(truncatingIfNeeded: immediate) }
        set { immediate = immediate & ~0xffff_ffff | Int64(newValue) }
    }
}
