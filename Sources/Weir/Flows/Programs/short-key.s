# A key without addresses.
short_key:
    r1 = 0
    *(u32 *)(r10 - 16) = r1
    *(u32 *)(r10 - 12) = r1
    *(u32 *)(r10 - 8) = r3
    *(u32 *)(r10 - 4) = r9
