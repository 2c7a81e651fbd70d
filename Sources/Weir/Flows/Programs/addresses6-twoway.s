# IPv6 addresses, in the same way; r0 and r1 point to them.
addresses6:
    r0 = r1
    r0 += 8
    r1 += 24
    r7 = 0
    r2 = *(u64 *)(r0 + 0)
    r4 = *(u64 *)(r1 + 0)
    if r2 < r4 goto ordered6
    if r2 > r4 goto swap6
    r2 = *(u64 *)(r0 + 8)
    r4 = *(u64 *)(r1 + 8)
    if r2 < r4 goto ordered6
    if r2 > r4 goto swap6
    r2 = r3
    r2 &= 0xffff
    r4 = r3
    r4 >>= 16
    if r2 <= r4 goto ordered6
swap6:
    r7 = 1
    r2 = r0
    r0 = r1
    r1 = r2
    r2 = r3
    r2 >>= 16
    r3 <<= 16
    r3 |= r2
ordered6:
    r2 = *(u32 *)(r0 + 0)
    *(u32 *)(r10 - 40) = r2
    r2 = *(u32 *)(r0 + 4)
    *(u32 *)(r10 - 36) = r2
    r2 = *(u32 *)(r0 + 8)
    *(u32 *)(r10 - 32) = r2
    r2 = *(u32 *)(r0 + 12)
    *(u32 *)(r10 - 28) = r2
    r2 = *(u32 *)(r1 + 0)
    *(u32 *)(r10 - 24) = r2
    r2 = *(u32 *)(r1 + 4)
    *(u32 *)(r10 - 20) = r2
    r2 = *(u32 *)(r1 + 8)
    *(u32 *)(r10 - 16) = r2
    r2 = *(u32 *)(r1 + 12)
    *(u32 *)(r10 - 12) = r2
    *(u32 *)(r10 - 8) = r3
    *(u32 *)(r10 - 4) = r9
