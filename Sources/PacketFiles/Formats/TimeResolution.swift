/// The unit in which a file counts time.
public enum TimeResolution: Hashable, Sendable {
    /// 10 to the minus `exponent` seconds; 0 through 19.
    case decimal(exponent: UInt8)
    /// 2 to the minus `exponent` seconds; 0 through 63.
    case binary(exponent: UInt8)

    /// Millionths of a second.
    public static let microseconds = TimeResolution.decimal(exponent: 6)
    /// Thousand-millionths of a second.
    public static let nanoseconds = TimeResolution.decimal(exponent: 9)

    /// Reads the value of pcapng's if_tsresol option; nil where one second has more units than 64 bits can count.
    init?(option: UInt8) {
        let exponent = option & 0x7f
        if option & 0x80 != 0 {
            guard exponent <= 63 else { return nil }
            self = .binary(exponent: exponent)
        } else {
            guard exponent <= 19 else { return nil }
            self = .decimal(exponent: exponent)
        }
    }

    /// The value of pcapng's if_tsresol option.
    var option: UInt8 {
        switch self {
        case .decimal(let exponent): exponent
        case .binary(let exponent): 0x80 | exponent
        }
    }
}

/// Turns a file's 64-bit count of time units into nanoseconds since 1970, cutting off what lies outside 64 bits.
struct Clock: Hashable, Sendable {
    private enum Scale: Hashable {
        case multiply(UInt64)
        case divide(UInt64)
        case shift(UInt64)
    }

    private let scale: Scale
    private let offset: UInt64
    private let offsetIsNegative: Bool

    /// Makes the clock of an interface.
    ///
    /// - Parameters:
    ///   - resolution: the unit.
    ///   - secondsToAdd: the seconds to add to every time.
    init(_ resolution: TimeResolution, secondsToAdd: Int64 = 0) {
        switch resolution {
        case .decimal(let exponent) where exponent <= 9: scale = .multiply(Self.powerOfTen(9 - exponent))
        case .decimal(let exponent): scale = .divide(Self.powerOfTen(min(exponent, 19) - 9))
        case .binary(let exponent): scale = .shift(UInt64(min(exponent, 63)))
        }
        let (product, overflow) = secondsToAdd.magnitude.multipliedReportingOverflow(by: 1_000_000_000)
        offset = overflow ? .max : product
        offsetIsNegative = secondsToAdd < 0
    }

    @inline(__always)
    func nanoseconds(_ ticks: UInt64) -> UInt64 {
        let unshifted: UInt64
        switch scale {
        case .multiply(let factor):
            let (product, overflow) = ticks.multipliedReportingOverflow(by: factor)
            unshifted = overflow ? .max : product
        case .divide(let divisor):
            unshifted = ticks / max(divisor, 1)
        case .shift(let count):
            unshifted = Self.nanoseconds(ticks, binaryExponent: count)
        }
        if offset == 0 { return unshifted }
        if offsetIsNegative { return unshifted > offset ? unshifted &- offset : 0 }
        let (sum, overflow) = unshifted.addingReportingOverflow(offset)
        return overflow ? .max : sum
    }

    /// The count that stands for a time, rounded down; cut off where 64 bits end.
    func ticks(_ nanoseconds: UInt64) -> UInt64 {
        let (moved, overflow) =
            offsetIsNegative
            ? nanoseconds.addingReportingOverflow(offset) : nanoseconds.subtractingReportingOverflow(offset)
        if overflow { return offsetIsNegative ? .max : 0 }
        switch scale {
        case .multiply(let factor): return moved / max(factor, 1)
        case .divide(let divisor):
            let (product, overflow) = moved.multipliedReportingOverflow(by: divisor)
            return overflow ? .max : product
        case .shift(let count):
            let (seconds, rest) = moved.quotientAndRemainder(dividingBy: 1_000_000_000)
            guard seconds.leadingZeroBitCount >= count else { return .max }
            let part = (rest >> (64 &- count), rest << count)
            let fraction = UInt64(1_000_000_000).dividingFullWidth((count == 0 ? 0 : part.0, part.1)).quotient
            return seconds << count | fraction
        }
    }

    private static func nanoseconds(_ ticks: UInt64, binaryExponent count: UInt64) -> UInt64 {
        let (seconds, overflow) = (ticks >> count).multipliedReportingOverflow(by: 1_000_000_000)
        if overflow { return .max }
        let fraction = (ticks & ((1 << count) &- 1)).multipliedFullWidth(by: 1_000_000_000)
        let nanoseconds = count == 0 ? 0 : fraction.high << (64 &- count) | fraction.low >> count
        let (sum, carry) = seconds.addingReportingOverflow(nanoseconds)
        return carry ? .max : sum
    }

    private static func powerOfTen(_ exponent: UInt8) -> UInt64 {
        (0..<exponent).reduce(1) { power, _ in power &* 10 }
    }
}
