/// The Internet's checksum: a ones' complement sum of 16-bit words, kept in 32 bits until it is folded.
///
/// Words and sums are in memory's byte order. A sum is 0 only where everything in it is 0.
///
/// Source: RFC 1071 and 1624; Linux, `csum_add`, `csum_fold`, `csum_replace2`, `csum_replace4`.
enum InternetChecksum {
    /// Adds sums.
    static func sum(_ left: UInt32, _ right: UInt32) -> UInt32 {
        let (sum, carry) = left.addingReportingOverflow(right)
        return carry ? sum &+ 1 : sum
    }

    /// Takes the right sum out of the left one.
    static func difference(_ left: UInt32, _ right: UInt32) -> UInt32 { sum(left, ~right) }

    /// A sum in 16 bits.
    static func folded(_ sum: UInt32) -> UInt16 {
        let once = (sum & 0xffff) &+ (sum &>> 16)
        return UInt16(truncatingIfNeeded: (once & 0xffff) &+ (once &>> 16))
    }

    /// What the field of a header holds after 32 bits that it covers were changed.
    static func replacing(_ old: UInt32, by new: UInt32, in field: UInt16) -> UInt16 {
        ~folded(sum(difference(~UInt32(field), old), new))
    }

    /// What the field of a header holds after 16 bits that it covers were changed.
    static func replacing(_ old: UInt16, by new: UInt16, in field: UInt16) -> UInt16 {
        ~sum(sum(~field, ~old), new)
    }

    /// What the field of a header holds after what it covers changed by a sum.
    static func adding(_ change: UInt32, to field: UInt16) -> UInt16 {
        ~folded(sum(change, ~UInt32(field)))
    }

    private static func sum(_ left: UInt16, _ right: UInt16) -> UInt16 {
        let (sum, carry) = left.addingReportingOverflow(right)
        return carry ? sum &+ 1 : sum
    }
}
