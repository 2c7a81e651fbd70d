# A netfilter log message: address family, version, resource; then values, each with its length (which counts four bytes
# of header) and type in little-endian, each at a multiple of four. The packet is the value of type 9.
link_nflog:
    r2 = r7
    r2 += 4
    if r2 > r8 goto truncated_link
    r5 = *(u8 *)(r7 + 0)
    r7 = r2
    r0 = MAX_VALUES
value:
    r2 = r7
    r2 += 4
    if r2 > r8 goto truncated_link
    r3 = *(u16 *)(r7 + 0)
    r4 = *(u16 *)(r7 + 2)
    if r3 < 4 goto truncated_link
    if r4 == 9 goto packet
    if r0 == 0 goto too_many_headers
    r0 += -1
    if r3 > MAX_VALUE goto too_many_headers
    r3 += 3
    r3 &= 0x3fc
    r7 += r3
    r2 = *(u32 *)(r6 + __sk_buff.data)  # forget which values there were
    r7 -= r2
    r7 &= MAX_OFFSET
    r2 += r7
    r7 = r2
    goto value
packet:
    r7 = r2
    if r5 == 2 goto ipv4
    if r5 == 10 goto ipv6
    goto other_protocol
