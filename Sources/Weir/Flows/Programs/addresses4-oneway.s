# IPv4 addresses: source, destination. A key's words are stored as they will be loaded, 32 bits each.
    r2 = *(u32 *)(r1 + 12)
    *(u32 *)(r10 - 16) = r2
    r2 = *(u32 *)(r1 + 16)
    *(u32 *)(r10 - 12) = r2
    *(u32 *)(r10 - 8) = r3
    *(u32 *)(r10 - 4) = r9
