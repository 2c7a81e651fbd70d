import BPFModel

extension RejectionCase {
    static let registers: [RejectionCase] = [
        .init(
            "fall off the end",
            """
            r0 = 0
            if r0 == 0 goto +0
            r0 = 1
            """,
            rejection: [
                "2: r0 = 1",
                "control can go on past the last instruction of the function",
                "advice: end the function with exit",
            ]),
        .init(
            "unreachable instruction",
            """
            r0 = 0
            exit
            r0 = 1
            exit
            """,
            rejection: [
                "2: r0 = 1",
                "no path leads to this instruction",
                "advice: remove it, or jump to it",
            ]),
        .init(
            "jump outside",
            """
            r0 = 0
            goto +5
            exit
            """,
            rejection: [
                "1: goto +5",
                "the jump by 5 slots leads to no instruction of the program",
            ]),
        .init(
            "endless loop",
            """
            r0 = 0
            again: r1 = 1
            r2 = 2
            r3 = 3
            r4 = 4
            if r0 == 1 goto out
            goto again
            out: exit
            """,
            rejection: [
                "1: r1 = 1",
                "the path comes back here with nothing changed: the loop may never end",
                "advice: count the iterations in a register, and leave the loop at a constant",
            ]),
        .init(
            "uninitialised register",
            """
            r0 = r2
            exit
            """,
            rejection: [
                "0: r0 = r2",
                "r2 is read before it is written",
                "advice: calls and packet loads clear r1 to r5; keep values in r6 to r9",
            ]),
        .init(
            "argument lost in a call",
            """
            call bpf_ktime_get_ns
            r0 = r1
            exit
            """,
            rejection: [
                "1: r0 = r1",
                "r1 is read before it is written",
                "advice: calls and packet loads clear r1 to r5; keep values in r6 to r9",
            ]),
        .init(
            "uninitialised result",
            """
            exit
            """,
            rejection: [
                "0: exit",
                "r0 is read before it is written",
            ]),
        .init(
            "frame pointer",
            """
            r10 += 8
            r0 = 0
            exit
            """,
            rejection: [
                "0: r10 += 8",
                "r10 is the frame pointer and can't be written",
                "advice: copy it to another register",
            ]),
        .init(
            "shift count",
            """
            r0 = 1
            r0 <<= 64
            exit
            """,
            rejection: [
                "1: r0 <<= 64",
                "the shift count is 64, it must be 0 to 63",
            ]),
        .init(
            "division by zero",
            """
            r0 = 1
            r0 /= 0
            exit
            """,
            rejection: [
                "1: r0 /= 0",
                "the divisor is the constant 0",
            ]),
        .init(
            "32-bit arithmetic on a pointer",
            """
            w1 += 1
            r0 = 0
            exit
            """,
            rejection: [
                "0: w1 += 1",
                "r1 is the context, on which 32-bit arithmetic is not allowed",
                "advice: use the 64-bit operation",
            ]),
        .init(
            "sum of pointers",
            """
            r1 += r10
            r0 = 0
            exit
            """,
            rejection: [
                "0: r1 += r10",
                "two pointers are combined in r1, only their difference is a number",
            ]),
        .init(
            "pointer subtracted",
            """
            r0 = 1
            r0 -= r1
            exit
            """,
            rejection: [
                "1: r0 -= r1",
                "a pointer is subtracted from the number in r1",
            ]),
        .init(
            "mask of a pointer",
            """
            r1 &= 7
            r0 = 0
            exit
            """,
            rejection: [
                "0: r1 &= 7",
                "r1 is the context, 'and' is not allowed on it",
            ]),
        .init(
            "stack pointer subtracted",
            """
            r1 = r10
            r1 -= 8
            r0 = 0
            exit
            """,
            rejection: [
                "1: r1 -= 8",
                "r1 is fp, 'sub' is not allowed on it",
            ]),
        .init(
            "offset too large",
            """
            r1 = r10
            r1 += 0x40000000
            r0 = 0
            exit
            """,
            rejection: [
                "1: r1 += 1073741824",
                "r1 is fp, moved by 1073741824; offsets must lie between -536870912 and 536870912",
            ]),
    ]
}
