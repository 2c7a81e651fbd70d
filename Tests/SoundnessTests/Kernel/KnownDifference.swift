/// Reasons of the kernel's for which it refuses programs that we accept, and why we are right to.
///
/// What each of them looks like is told in the verifier's documentation, in `KernelDifferential`.
struct KnownDifference {
    /// The kernel that gives these reasons.
    static let release = "6.18."

    let because: String
    /// The kernel's reasons, with N for every number.
    let reasons: Set<String>

    /// Why programs that the kernel refuses for a reason are accepted; nil where nobody knows.
    ///
    /// - Parameter speculates: whether the kernel follows branches that only a mistaken processor takes, as it does for
    ///   loaders who may not leak addresses.
    static func because(of reason: String, speculates: Bool) -> String? {
        if speculates, let difference = speculation.first(where: { reason.hasPrefix($0) }) {
            return "the kernel says '\(difference)' of branches that only a mistaken processor takes"
        }
        return all.first { $0.reasons.contains(reason) }?.because
    }

    /// What the kernel says where it follows branches both ways that go one way.
    ///
    /// Loops don't end there, paths multiply, and moved addresses can't be masked. We claim nothing about what
    /// processors do by mistake.
    private static let speculation = [
        "old state:", "BPF program is too large.", "The sequence of N jumps is too complex.",
        "RN tried to add from different maps, paths or scalars, pointer arithmetic with it prohibited for !root",
    ]

    private static let all = [
        KnownDifference(
            because: """
                our ranges are narrower after divisions, multiplications, packet loads and comparisons of 32 bits: \
                the number that makes the kernel refuse can't be there
                """,
            reasons: [
                "RN unbounded memory access, make sure to bounds check any such access",
                "RN max value is outside of the allowed memory range",
                "RN min value is outside of the allowed memory range",
                "RN min value is negative, either use unsigned index or do a if (index >=N) check.",
                "RN offset is outside of the packet",
                "math between fp pointer and register with unbounded min value is not allowed",
                "math between map_value pointer and register with unbounded min value is not allowed",
                "math between pkt pointer and register with unbounded min value is not allowed",
                "math between ctx pointer and register with unbounded min value is not allowed",
                "map_value pointer offset N is not allowed",
                "value N makes fp pointer be out of bounds",
                "value N makes map_value pointer be out of bounds",
                "misaligned stack access off (N; N)+N+N size N",
                "invalid variable-offset write to stack RN var_off=(N; N) off=N size=N",
                "invalid variable-offset read from stack RN var_off=(N; N) off=N size=N",
                "invalid unbounded variable-offset write to stack RN",
                "invalid unbounded variable-offset read from stack RN",
            ]),
        KnownDifference(
            because: "a helper that is given no bytes to fill may be given any address of the stack",
            reasons: ["invalid write to stack RN off=N size=N"]),
        KnownDifference(
            because: "functions need no type information here",
            reasons: ["tail_call is not allowed in subprogs without BTF"]),
    ]
}
