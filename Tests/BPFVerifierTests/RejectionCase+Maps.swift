import BPFModel

extension RejectionCase {
    static let maps: [RejectionCase] = [
        .init(
            "null not checked",
            """
            .map flows hash key 4 value 8 entries 16
            *(u32 *)(r10 - 4) = 7
            r2 = r10
            r2 += -4
            r1 = map flows
            call bpf_map_lookup_elem
            r0 = *(u64 *)(r0 + 0)
            exit
            """,
            rejection: [
                "5: r0 = *(u64 *)(r0 + 0)",
                "r0 is value of map 1 or 0, not an address that can be accessed",
                "advice: compare it with 0 first",
            ]),
        .init(
            "arithmetic before the null check",
            """
            .map flows hash key 4 value 8 entries 16
            *(u32 *)(r10 - 4) = 7
            r2 = r10
            r2 += -4
            r1 = map flows
            call bpf_map_lookup_elem
            r0 += 4
            exit
            """,
            rejection: [
                "5: r0 += 4",
                "r0 is value of map 1 or 0, 'add' is not allowed on it",
                "advice: compare it with 0 first",
            ]),
        .init(
            "past a value",
            """
            .map flows hash key 4 value 8 entries 16
            *(u32 *)(r10 - 4) = 7
            r2 = r10
            r2 += -4
            r1 = map flows
            call bpf_map_lookup_elem
            if r0 == 0 goto out
            r0 = *(u64 *)(r0 + 8)
            out: exit
            """,
            rejection: [
                "6: r0 = *(u64 *)(r0 + 8)",
                "r0 is value of map 1: the access ends at 16, past its 8 bytes",
            ]),
        .init(
            "before a value",
            """
            .map flows hash key 4 value 8 entries 16
            *(u32 *)(r10 - 4) = 7
            r2 = r10
            r2 += -4
            r1 = map flows
            call bpf_map_lookup_elem
            if r0 == 0 goto out
            r0 = *(u64 *)(r0 - 8)
            out: exit
            """,
            rejection: [
                "6: r0 = *(u64 *)(r0 - 8)",
                "r0 is value of map 1: the access may begin at -8, before the start",
                "advice: check the lower bound, or make the offset unsigned with a mask",
            ]),
        .init(
            "unbounded value offset", type: .schedCls,
            """
            .map flows hash key 4 value 8 entries 16
            r6 = *(u32 *)(r1 + __sk_buff.hash)
            *(u32 *)(r10 - 4) = 7
            r2 = r10
            r2 += -4
            r1 = map flows
            call bpf_map_lookup_elem
            if r0 == 0 goto out
            r0 += r6
            r0 = *(u8 *)(r0 + 0)
            out: exit
            """,
            rejection: [
                "8: r0 = *(u8 *)(r0 + 0)",
                "r0 is value of map 1+(0...4294967295): the access has no upper bound",
                "advice: check the offset against a constant first",
            ]),
        .init(
            "value offset one too far", type: .schedCls,
            """
            .map flows hash key 4 value 8 entries 16
            r6 = *(u32 *)(r1 + __sk_buff.hash)
            r6 &= 8
            *(u32 *)(r10 - 4) = 7
            r2 = r10
            r2 += -4
            r1 = map flows
            call bpf_map_lookup_elem
            if r0 == 0 goto out
            r0 += r6
            r0 = *(u8 *)(r0 + 0)
            out: exit
            """,
            rejection: [
                "9: r0 = *(u8 *)(r0 + 0)",
                "r0 is value of map 1+(0...8): the access ends at 9, past its 8 bytes",
            ]),
        .init(
            "key not on the stack",
            """
            .map flows hash key 4 value 8 entries 16
            r1 = map flows
            r2 = 4
            call bpf_map_lookup_elem
            r0 = 0
            exit
            """,
            rejection: [
                "2: call 1",
                "r2 is the number 4, but the helper takes the address of 4 bytes of memory",
            ]),
        .init(
            "map expected",
            """
            .map flows hash key 4 value 8 entries 16
            r2 = r10
            r2 += -4
            call bpf_map_lookup_elem
            r0 = 0
            exit
            """,
            rejection: [
                "2: call 1",
                "r1 is the context, but the helper takes a map",
            ]),
        .init(
            "unknown helper",
            """
            call 9999
            exit
            """,
            rejection: [
                "0: call 9999",
                "there is no helper 9999",
            ]),
        .init(
            "helper of another type", type: .xdp,
            """
            r2 = 0
            r3 = r10
            r3 += -8
            r4 = 8
            call bpf_skb_load_bytes
            exit
            """,
            rejection: [
                "4: call 26",
                "xdp programs can't call bpf_skb_load_bytes",
            ]),
        .init(
            "size may be zero", type: .schedCls,
            """
            r4 = *(u32 *)(r1 + __sk_buff.hash)
            r4 &= 7
            r2 = 0
            r3 = r10
            r3 += -8
            call bpf_skb_load_bytes
            exit
            """,
            rejection: [
                "5: call 26",
                "r4, the number of bytes, may be 0 (0...7), the helper takes at least 1",
            ]),
        .init(
            "size unbounded", type: .schedCls,
            """
            r4 = *(u32 *)(r1 + __sk_buff.hash)
            if r4 == 0 goto out
            r2 = 0
            r3 = r10
            r3 += -8
            call bpf_skb_load_bytes
            out: r0 = 0
            exit
            """,
            rejection: [
                "5: call 26",
                "r4, the number of bytes, has no upper bound (1...4294967295)",
                "advice: check it against a constant, or mask it",
            ]),
        .init(
            "size may be negative", type: .schedCls,
            """
            r6 = r1
            call bpf_ktime_get_ns
            r1 = r6
            r2 = 0
            r3 = r10
            r3 += -8
            r4 = r0
            call bpf_skb_load_bytes
            exit
            """,
            rejection: [
                "7: call 26",
                "r4, the number of bytes, may be negative (any)",
                "advice: make it unsigned, or mask it",
            ]),
        .init(
            "size past the stack", type: .schedCls,
            """
            r2 = 0
            r3 = r10
            r3 += -8
            r4 = 16
            call bpf_skb_load_bytes
            exit
            """,
            rejection: [
                "4: call 26",
                "fp-8..<fp+8 is not within the stack, fp-512..<fp+0",
            ]),
        .init(
            "recursion",
            """
            f: r0 = 0
            call f
            exit
            """,
            rejection: [
                "1: call pc-2",
                "the call makes a chain of 9 functions, the limit is 8",
            ]),
        .init(
            "stack of a chain",
            """
            *(u64 *)(r10 - 400) = 1
            call f
            r0 = 0
            exit
            f: *(u64 *)(r10 - 400) = 1
            r0 = 0
            exit
            """,
            rejection: [
                "1: call pc+2",
                "the 2 functions of the call chain need 800 bytes of stack together, the limit is 512",
            ]),
        .init(
            "address of a frame returned",
            """
            call f
            r0 = 0
            exit
            f: r0 = r10
            exit
            """,
            rejection: [
                "4: exit",
                "r0 points into the stack of the function that returns",
            ]),
        .init(
            "address stored in the caller's stack",
            """
            r1 = r10
            r1 += -8
            call f
            r0 = 0
            exit
            f: *(u64 *)(r1 + 0) = r10
            r0 = 0
            exit
            """,
            rejection: [
                "5: *(u64 *)(r1 + 0) = r10",
                "r10 points into this function's stack, and would be stored in its caller's",
            ]),
        .init(
            "context or stack", type: .schedCls,
            """
            r2 = *(u32 *)(r1 + __sk_buff.hash)
            *(u64 *)(r10 - 8) = 0
            r3 = r1
            if r2 == 0 goto read
            r3 = r10
            r3 += -8
            read: r0 = *(u32 *)(r3 + 0)
            exit
            """,
            rejection: [
                "6: r0 = *(u32 *)(r3 + 0)",
                "this instruction accesses the context on one path and other memory on another",
                "advice: use one instruction for each",
            ]),
        .init(
            "atomic into its own address",
            """
            *(u64 *)(r10 - 8) = 0
            r1 = r10
            r1 = xchg_64(r1 - 8, r1)
            r0 = 0
            exit
            """,
            rejection: [
                "2: r1 = xchg_64(r1 - 8, r1)",
                "r1 is the address of the atomic operation and would receive the old value",
                "advice: hold the address in another register",
            ]),
    ]
}
