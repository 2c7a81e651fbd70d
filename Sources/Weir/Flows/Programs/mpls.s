# A stack of MPLS labels; the lowest one is marked. Nothing but the first bits tells what follows.
labels:
    r0 = MAX_LABELS
label:
    r2 = r7
    r2 += 4
    if r2 > r8 goto truncated_link
    if r0 == 0 goto too_many_headers
    r0 += -1
    r3 = *(u8 *)(r7 + 2)
    r7 = r2
    if r3 & 1 goto labelled
    goto label
labelled:
    r2 = *(u32 *)(r6 + __sk_buff.data)  # forget how many labels there were
    r7 -= r2
    r7 &= MAX_OFFSET
    r2 += r7
    r7 = r2
    r2 = r7
    r2 += 1
    if r2 > r8 goto truncated_network
    r3 = *(u8 *)(r7 + 0)
    r3 >>= 4
    if r3 == 4 goto ipv4
    if r3 == 6 goto ipv6
    goto unknown_label_payload
