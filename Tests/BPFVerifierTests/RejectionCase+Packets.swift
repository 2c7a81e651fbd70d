import BPFModel

extension RejectionCase {
    static let packets: [RejectionCase] = [
        .init(
            "packet not compared", type: .schedCls,
            """
            r2 = *(u32 *)(r1 + __sk_buff.data)
            r3 = *(u32 *)(r1 + __sk_buff.data_end)
            r0 = *(u16 *)(r2 + 12)
            exit
            """,
            rejection: [
                "2: r0 = *(u16 *)(r2 + 12)",
                "packet+12..<14 is not within the 0 bytes that are checked against data_end",
                "advice: compare r2+14 with data_end first",
            ]),
        .init(
            "packet compared short", type: .schedCls,
            """
            r2 = *(u32 *)(r1 + __sk_buff.data)
            r3 = *(u32 *)(r1 + __sk_buff.data_end)
            r4 = r2
            r4 += 14
            if r4 > r3 goto out
            r0 = *(u32 *)(r2 + 12)
            exit
            out: r0 = 0
            exit
            """,
            rejection: [
                "5: r0 = *(u32 *)(r2 + 12)",
                "packet+12..<16 is not within the 14 bytes that are checked against data_end",
                "advice: compare r2+16 with data_end first",
            ]),
        .init(
            "packet with unbounded offset", type: .schedCls,
            """
            r2 = *(u32 *)(r1 + __sk_buff.data)
            r3 = *(u32 *)(r1 + __sk_buff.data_end)
            r4 = *(u32 *)(r1 + __sk_buff.hash)
            r2 += r4
            r5 = r2
            r5 += 4
            if r5 > r3 goto out
            r0 = *(u32 *)(r2 + 0)
            exit
            out: r0 = 0
            exit
            """,
            rejection: [
                "7: r0 = *(u32 *)(r2 + 0)",
                "packet+(0...4294967295)+0..<4 is not within the 0 bytes that are checked against data_end",
                "advice: bound the offset to 65535 before it is added, then compare with data_end",
            ]),
        .init(
            "packet end moved", type: .schedCls,
            """
            r2 = *(u32 *)(r1 + __sk_buff.data)
            r3 = *(u32 *)(r1 + __sk_buff.data_end)
            r3 += 1
            r0 = 0
            exit
            """,
            rejection: [
                "2: r3 += 1",
                "r3 is data_end, 'add' is not allowed on it",
            ]),
        .init(
            "packet in a socket filter",
            """
            r2 = *(u32 *)(r1 + 76)
            r0 = 0
            exit
            """,
            rejection: [
                "0: r2 = *(u32 *)(r1 + 76)",
                "field data of __sk_buff can't be used by socket_filter programs",
                "advice: read the packet with packet loads or bpf_skb_load_bytes",
            ]),
        .init(
            "read-only field",
            """
            *(u32 *)(r1 + 8) = 1
            r0 = 0
            exit
            """,
            rejection: [
                "0: *(u32 *)(r1 + 8) = 1",
                "field mark of __sk_buff is read-only",
            ]),
        .init(
            "no such field",
            """
            r0 = *(u32 *)(r1 + 188)
            exit
            """,
            rejection: [
                "0: r0 = *(u32 *)(r1 + 188)",
                "no field of __sk_buff is at 188..<192",
            ]),
        .init(
            "across fields",
            """
            r0 = *(u64 *)(r1 + 8)
            exit
            """,
            rejection: [
                "0: r0 = *(u64 *)(r1 + 8)",
                "8 bytes at offset 8 are no part of field mark of __sk_buff (4 bytes at 8) that can be accessed alone",
            ]),
        .init(
            "context moved",
            """
            r1 += 8
            r0 = *(u32 *)(r1 + 0)
            exit
            """,
            rejection: [
                "1: r0 = *(u32 *)(r1 + 0)",
                "r1 is the context+8, the context must be accessed through its unchanged address",
                "advice: put the offset into the instruction",
            ]),
        .init(
            "atomic on the context",
            """
            r2 = 1
            lock *(u32 *)(r1 + 48) += r2
            r0 = 0
            exit
            """,
            rejection: [
                "1: lock *(u32 *)(r1 + 48) += w2",
                "an atomic operation on the context is not allowed",
            ]),
        .init(
            "packet load without context",
            """
            r0 = *(u8 *)skb[0]
            exit
            """,
            rejection: [
                "0: r0 = *(u8 *)skb[0]",
                "r6 is read before it is written",
            ]),
        .init(
            "packet load in xdp", type: .xdp,
            """
            r6 = r1
            r0 = *(u8 *)skb[0]
            exit
            """,
            rejection: [
                "1: r0 = *(u8 *)skb[0]",
                "xdp programs have no packet loads",
                "advice: compare with data_end, and read the packet directly",
            ]),
    ]
}
