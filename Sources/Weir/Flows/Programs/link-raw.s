# Raw IP, told apart by the version in its first four bits.
link_raw:
    r2 = r7
    r2 += 1
    if r2 > r8 goto truncated_network
    r3 = *(u8 *)(r7 + 0)
    r3 >>= 4
    if r3 == 4 goto ipv4
    if r3 == 6 goto ipv6
    goto invalid_network
