/// A register of the machine: `r0` through `r10`.
///
/// `r0` holds results, `r1`–`r5` pass arguments, `r6`–`r9` survive calls, and `r10` is the read-only frame
/// pointer.
///
/// Source: RFC 9669, section 2.
public enum Register: UInt8, Hashable, Sendable, CaseIterable, Comparable {
    case r0, r1, r2, r3, r4, r5, r6, r7, r8, r9, r10

    /// The frame pointer.
    public static let framePointer = Register.r10

    /// The registers that pass arguments to functions, in order.
    public static let arguments: [Register] = [.r1, .r2, .r3, .r4, .r5]

    /// Orders registers by number.
    public static func < (left: Register, right: Register) -> Bool { left.rawValue < right.rawValue }
}

extension Register: CustomStringConvertible {
    /// The register's name in assembly, such as `r6`.
    public var description: String { "r\(rawValue)" }
}
