/// A byte-order operation on a register.
///
/// Source: RFC 9669, section 4.2.
public enum ByteSwap: UInt8, Hashable, Sendable, CaseIterable {
    /// Convert between host and little-endian order; truncates to the width.
    case littleEndian
    /// Convert between host and big-endian order; truncates to the width.
    case bigEndian
    /// Swap unconditionally.
    case swap
}

/// How many low bits a byte-order operation works on; the rest of the register is cleared.
public enum SwapWidth: UInt8, Hashable, Sendable, CaseIterable {
    case bits16 = 16
    case bits32 = 32
    case bits64 = 64
}

/// How many low bits a sign-extending move takes from its source.
public enum SignExtendedWidth: UInt8, Hashable, Sendable, CaseIterable {
    case bits8 = 8
    case bits16 = 16
    /// Only with a 64-bit destination.
    case bits32 = 32
}

extension ByteSwap {
    /// What the operation computes: the low `width` bits of `value`, in the order asked for.
    ///
    /// The host is little-endian or big-endian as the machine is; Linux's `to_le` and `to_be` do the same.
    @inlinable @inline(__always)
    public func apply(_ value: UInt64, width: SwapWidth) -> UInt64 {
        switch width {
        case .bits16: UInt64(reorder(UInt16(truncatingIfNeeded: value)))
        case .bits32: UInt64(reorder(UInt32(truncatingIfNeeded: value)))
        case .bits64: reorder(value)
        }
    }

    @inlinable @inline(__always)
    func reorder<Word: FixedWidthInteger>(_ word: Word) -> Word {
        switch self {
        case .littleEndian: word.littleEndian
        case .bigEndian: word.bigEndian
        case .swap: word.byteSwapped
        }
    }
}

extension SignExtendedWidth {
    /// What a sign-extending move computes: the low bits of `value`, sign-extended to the width of the operation.
    ///
    /// A 32-bit result has its upper half cleared.
    @inlinable @inline(__always)
    public func apply(_ value: UInt64, width: Width) -> UInt64 {
        switch width {
        case .double: apply(value)
        case .word: UInt64(UInt32(truncatingIfNeeded: apply(value)))
        }
    }

    /// The low bits of `value`, sign-extended to 64 bits.
    @inlinable @inline(__always)
    public func apply(_ value: UInt64) -> UInt64 {
        switch self {
        case .bits8: UInt64(truncatingIfNeeded: Int8(truncatingIfNeeded: value))
        case .bits16: UInt64(truncatingIfNeeded: Int16(truncatingIfNeeded: value))
        case .bits32: UInt64(truncatingIfNeeded: Int32(truncatingIfNeeded: value))
        }
    }
}
