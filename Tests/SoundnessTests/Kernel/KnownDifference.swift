/// A reason of the kernel's for which it refuses programs that we accept, and why we are right to.
///
/// What each of them looks like is told in the verifier's documentation, in `KernelDifferential`.
struct KnownDifference {
    /// The kernel that gives these reasons.
    static let release = "6.18."

    /// The kernel's reason, with N for every number.
    let reason: String
    let because: String

    /// Why programs that the kernel refuses for a reason are accepted; nil where nobody knows.
    static func because(of reason: String) -> String? { all.first { $0.reason == reason }?.because }

    private static let ranges = """
        our ranges are narrower after divisions, legacy packet loads, and comparisons of 32 bits
        """

    private static let all = [
        KnownDifference(
            reason: "RN unbounded memory access, make sure to bounds check any such access", because: ranges),
        KnownDifference(reason: "RN max value is outside of the allowed memory range", because: ranges),
        KnownDifference(
            reason: "RN min value is negative, either use unsigned index or do a if (index >=N) check.",
            because: ranges),
        KnownDifference(reason: "RN offset is outside of the packet", because: ranges),
        KnownDifference(
            reason: "math between fp pointer and register with unbounded min value is not allowed", because: ranges),
        KnownDifference(
            reason: "math between map_value pointer and register with unbounded min value is not allowed",
            because: ranges),
        KnownDifference(
            reason: "math between pkt pointer and register with unbounded min value is not allowed", because: ranges),
    ]
}
