package import BPFModel

extension ScalarRange {
    /// Every result the operation can give on operands within the two ranges.
    package func applying(_ operation: ALUOperation, _ other: ScalarRange, _ width: Width) -> ScalarRange {
        if let left = constant, let right = other.constant, operation.isTracked(by: right, width) {
            return ScalarRange(operation.apply(left, right, width: width))
        }
        var result: ScalarRange
        switch width {
        case .double: result = wideResult(operation, other)
        case .word: result = narrowResult(operation, other).zeroExtended()
        }
        result.refine()
        return result
    }

    private func wideResult(_ operation: ALUOperation, _ other: ScalarRange) -> ScalarRange {
        switch operation {
        case .mov: return other
        case .add:
            return ScalarRange(
                bits: bits.adding(other.bits), wide: wide.adding(other.wide), narrow: narrow.adding(other.narrow))
        case .sub:
            return ScalarRange(
                bits: bits.subtracting(other.bits), wide: wide.subtracting(other.wide),
                narrow: narrow.subtracting(other.narrow))
        case .mul:
            return ScalarRange(
                bits: bits.multiplied(by: other.bits), wide: wide.multiplied(by: other.wide),
                narrow: narrow.multiplied(by: other.narrow))
        case .and, .or, .xor: return bitwise(operation, other)
        case .lsh, .rsh, .arsh: return shiftedWide(operation, other)
        // The quotient is not tracked, as in Linux.
        case .div, .mod, .sdiv, .smod: return .unknown
        }
    }

    /// The low half of the result; the high half is of no interest.
    private func narrowResult(_ operation: ALUOperation, _ other: ScalarRange) -> ScalarRange {
        switch operation {
        case .mov: other
        case .add, .sub, .mul, .and, .or, .xor: wideResult(operation, other)
        case .lsh, .rsh, .arsh: shiftedNarrow(operation, other)
        case .div, .mod, .sdiv, .smod: .unknown
        }
    }

    private func bitwise(_ operation: ALUOperation, _ other: ScalarRange) -> ScalarRange {
        let known =
            operation == .and ? bits.and(other.bits) : operation == .or ? bits.or(other.bits) : bits.xor(other.bits)
        let low = known.truncated(to: 32)
        let wideBits = (low: known.lowest, high: known.highest)
        let narrowBits = (low: UInt32(truncatingIfNeeded: low.lowest), high: UInt32(truncatingIfNeeded: low.highest))
        if operation == .and {
            return ScalarRange(
                bits: known, wide: wide.and(other.wide, bits: wideBits),
                narrow: narrow.and(other.narrow, bits: narrowBits))
        }
        if operation == .or {
            return ScalarRange(
                bits: known, wide: wide.or(other.wide, bits: wideBits),
                narrow: narrow.or(other.narrow, bits: narrowBits))
        }
        return ScalarRange(
            bits: known, wide: wide.xor(other.wide, bits: wideBits),
            narrow: narrow.xor(other.narrow, bits: narrowBits))
    }

    /// Only shifts by a known count below the width are tracked, as in Linux.
    private func shiftedWide(_ operation: ALUOperation, _ other: ScalarRange) -> ScalarRange {
        guard let count = other.constant, count < 64 else { return .unknown }
        if operation == .lsh {
            // A shift that moves a signed 32-bit number to the top half keeps its signed order.
            var shifted = wide.shiftedLeft(by: count)
            if count == 32 {
                shifted.clamp(signed: Int64(narrow.smin) << 32, Int64(narrow.smax) << 32)
            }
            return ScalarRange(
                bits: bits.shiftedLeft(by: count), wide: shifted,
                narrow: count < 32 ? narrow.shiftedLeft(by: UInt32(count)) : .unknown)
        }
        if operation == .rsh {
            return ScalarRange(
                bits: bits.shiftedRight(by: count), wide: wide.shiftedRight(by: count), narrow: .unknown)
        }
        return ScalarRange(
            bits: bits.arithmeticallyShiftedRight(by: count), wide: wide.arithmeticallyShiftedRight(by: count),
            narrow: .unknown)
    }

    private func shiftedNarrow(_ operation: ALUOperation, _ other: ScalarRange) -> ScalarRange {
        guard let count = other.constant, count < 32 else { return .unknown }
        let low = bits.truncated(to: 32)
        if operation == .lsh {
            return ScalarRange(
                bits: low.shiftedLeft(by: count), wide: .unknown, narrow: narrow.shiftedLeft(by: UInt32(count)))
        }
        if operation == .rsh {
            return ScalarRange(
                bits: low.shiftedRight(by: count), wide: .unknown, narrow: narrow.shiftedRight(by: UInt32(count)))
        }
        return ScalarRange(
            bits: low.signExtended(from: 32).arithmeticallyShiftedRight(by: count), wide: .unknown,
            narrow: narrow.arithmeticallyShiftedRight(by: UInt32(count)))
    }

    /// The low half, the high half cleared.
    package func zeroExtended() -> ScalarRange {
        var result = ScalarRange(
            bits: bits.truncated(to: 32),
            wide: Bounds(
                umin: UInt64(narrow.umin), umax: UInt64(narrow.umax), smin: Int64(narrow.umin),
                smax: Int64(narrow.umax)),
            narrow: narrow)
        result.refine()
        return result
    }

    /// The low `count` bits, the rest cleared.
    package func truncated(to count: Int) -> ScalarRange {
        guard count < 64 else { return self }
        guard count < 32 else { return zeroExtended() }
        var result = ScalarRange.unsigned(bits: count)
        result.bits = bits.truncated(to: count)
        if wide.umin >> UInt64(count) == wide.umax >> UInt64(count) {
            let mask = (UInt64(1) << UInt64(count)) &- 1
            result.wide.clamp(unsigned: wide.umin & mask, wide.umax & mask)
        }
        result.refine()
        return result
    }

    /// The low bits, sign-extended to 64.
    package func signExtended(from width: SignExtendedWidth) -> ScalarRange {
        let count = Int(width.rawValue)
        var result = ScalarRange.unknown
        result.bits = bits.signExtended(from: count)
        switch width {
        case .bits32:
            result.wide = Bounds(signed: Int64(narrow.smin), Int64(narrow.smax))
        case .bits8, .bits16:
            let least = Int64(bitPattern: width.apply(wide.umin))
            let most = Int64(bitPattern: width.apply(wide.umax))
            let half = Int64(1) << Int64(count - 1)
            let keepsOrder = wide.umin >> UInt64(count) == wide.umax >> UInt64(count) && least <= most
            result.wide = keepsOrder ? Bounds(signed: least, most) : Bounds(signed: -half, half - 1)
        }
        result.refine()
        return result
    }

    /// Every result a byte-order operation can give: bits move with their bytes.
    package func applying(_ swap: ByteSwap, _ width: SwapWidth) -> ScalarRange {
        let value = swap.apply(bits.value, width: width)
        let mask = swap.apply(bits.mask, width: width)
        var result = ScalarRange.unknown
        result.bits = Tnum(value: value, mask: mask)
        result.refine()
        return result
    }

    /// Every number this can be, negated.
    package func negated(_ width: Width) -> ScalarRange {
        ScalarRange(0).applying(.sub, self, width)
    }
}

extension ALUOperation {
    /// Whether the result on known numbers is known: quotients and oversized shifts are not, as in Linux.
    fileprivate func isTracked(by operand: UInt64, _ width: Width) -> Bool {
        isShift ? operand < UInt64(width.rawValue) : !isDivision
    }

    var isDivision: Bool {
        switch self {
        case .div, .mod, .sdiv, .smod: true
        case .add, .sub, .mul, .or, .and, .lsh, .rsh, .xor, .mov, .arsh: false
        }
    }
}
