import BPFModel

extension RejectionCase {
    static let stack: [RejectionCase] = [
        .init(
            "address of a number",
            """
            r1 = 64
            r0 = *(u8 *)(r1 + 0)
            exit
            """,
            rejection: [
                "1: r0 = *(u8 *)(r1 + 0)",
                "r1 is the number 64, not an address that can be accessed",
            ]),
        .init(
            "above the stack",
            """
            *(u64 *)(r10 + 0) = 1
            r0 = 0
            exit
            """,
            rejection: [
                "0: *(u64 *)(r10 + 0) = 1",
                "fp+0..<fp+8 is not within the stack, fp-512..<fp+0",
            ]),
        .init(
            "below the stack",
            """
            r0 = *(u64 *)(r10 - 520)
            exit
            """,
            rejection: [
                "0: r0 = *(u64 *)(r10 - 520)",
                "fp-520..<fp-512 is not within the stack, fp-512..<fp+0",
            ]),
        .init(
            "misaligned stack",
            """
            *(u64 *)(r10 - 12) = 1
            r0 = 0
            exit
            """,
            rejection: [
                "0: *(u64 *)(r10 - 12) = 1",
                "r10 is fp: the access at -12 is not aligned to its 8 bytes",
            ]),
        .init(
            "half a pointer spilled",
            """
            *(u32 *)(r10 - 8) = r1
            r0 = 0
            exit
            """,
            rejection: [
                "0: *(u32 *)(r10 - 8) = r1",
                "r1 is the context, of which only 4 of 8 bytes would be stored",
            ]),
        .init(
            "half a pointer filled",
            """
            *(u64 *)(r10 - 8) = r1
            r0 = *(u32 *)(r10 - 8)
            exit
            """,
            rejection: [
                "1: r0 = *(u32 *)(r10 - 8)",
                "the stack holds the context there, of which 4 bytes can't be read alone",
            ]),
    ]
}
