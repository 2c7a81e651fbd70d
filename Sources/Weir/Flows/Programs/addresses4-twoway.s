# IPv4 addresses: both directions share a key, the lower end (address, then port) first. Which number is lower does not
# matter, only that both directions agree; so nothing is swapped to host order. r7 is 1 if the packet goes the other way.
# A key's words are stored as they will be loaded, 32 bits each.
    r0 = *(u32 *)(r1 + 12)
    r1 = *(u32 *)(r1 + 16)
    r7 = 0
    if r0 < r1 goto ordered4
    if r0 > r1 goto swap4
    r2 = r3
    r2 &= 0xffff                        # source port
    r4 = r3
    r4 >>= 16                           # destination port
    if r2 <= r4 goto ordered4
swap4:
    r7 = 1
    r2 = r0
    r0 = r1
    r1 = r2
    r2 = r3
    r2 >>= 16
    r3 <<= 16
    r3 |= r2
ordered4:
    *(u32 *)(r10 - 16) = r0
    *(u32 *)(r10 - 12) = r1
    *(u32 *)(r10 - 8) = r3
    *(u32 *)(r10 - 4) = r9
