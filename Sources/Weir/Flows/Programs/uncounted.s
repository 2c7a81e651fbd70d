# A packet in no flow: r1 says why.
uncounted:
    *(u32 *)(r10 - 4) = r1
    r1 = map reasons
    r2 = r10
    r2 += -4
    call bpf_map_lookup_elem
    if r0 == 0 goto unknown_reason
    r1 = *(u64 *)(r0 + PACKETS)
    r1 += 1
    *(u64 *)(r0 + PACKETS) = r1
    r2 = *(u32 *)(r6 + __sk_buff.wire_len)
    r1 = *(u64 *)(r0 + BYTES)
    r1 += r2
    *(u64 *)(r0 + BYTES) = r1
unknown_reason:
    r0 = 0
    exit
