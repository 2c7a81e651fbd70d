# BSD loopback: an address family of 32 bits, in the byte order of whoever captured.
# IPv4 is 2 everywhere; IPv6 is 24, 28 or 30 on the BSDs and 10 on Linux.
link_null:
    r2 = r7
    r2 += 4
    if r2 > r8 goto truncated_link
    r3 = *(u32 *)(r7 + 0)
    r7 = r2
    r4 = r3
    r4 = be32 r4
    if r3 < r4 goto family              # the smaller reading is the right one
    r3 = r4
family:
    if r3 == 2 goto ipv4
    if r3 == 10 goto ipv6
    if r3 == 24 goto ipv6
    if r3 == 28 goto ipv6
    if r3 == 30 goto ipv6
    goto other_protocol
