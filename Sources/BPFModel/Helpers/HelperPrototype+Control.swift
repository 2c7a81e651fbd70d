// The helpers that decide where a program goes on.
extension HelperPrototype {
    static let control: [HelperPrototype] = [
        tailCall, loop,
    ]

    /// Goes on with the program at an index, and doesn't return where there is one.
    public static let tailCall = HelperPrototype(
        12, "bpf_tail_call", [.context, .map, .anything], .nothing, .everyType, maps: [.progArray])

    /// Calls a function again and again; the number of calls, or an errno, negated.
    public static let loop = HelperPrototype(
        181, "bpf_loop", [.anything, .callback(.loop), .callbackContext, .anything], .scalar, .everyType,
        needsPrivilege: true)
}
