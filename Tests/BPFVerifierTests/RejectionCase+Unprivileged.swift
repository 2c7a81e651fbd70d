extension RejectionCase {
    /// Programs that privileged loaders may load.
    static let unprivileged: [RejectionCase] = [
        .init(
            "address returned",
            """
            r0 = r1
            exit
            """,
            rejection: ["1: exit", "r0 is the context, whose address would be given away"]),
        .init(
            "address compared",
            """
            r0 = 0
            if r1 > 4096 goto +0
            exit
            """,
            rejection: ["1: if r1 > 4096 goto +0", "r1 is the context, whose address would be given away"]),
        .init(
            "address stored in the context",
            """
            r0 = 0
            *(u64 *)(r1 + 48) = r10
            exit
            """,
            rejection: ["1: *(u64 *)(r1 + 48) = r10", "r10 is fp, whose address would be given away"]),
        .init(
            "half an address copied",
            """
            w0 = w1
            exit
            """,
            rejection: ["0: w0 = w1", "r1 is the context, whose address would be given away"]),
        .init(
            "stack not written",
            """
            r0 = *(u64 *)(r10 - 16)
            exit
            """,
            rejection: [
                "0: r0 = *(u64 *)(r10 - 16)", "stack bytes fp-16..<fp-8 are read before they are written",
            ]),
        .init(
            "pointer outside the stack",
            """
            r1 = r10
            r1 += 8
            r0 = 0
            exit
            """,
            rejection: ["1: r1 += 8", "fp+8..<fp+9 is not within the stack, fp-512..<fp+0"]),
    ]
}
