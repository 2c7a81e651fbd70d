# Ports and flags, as far as they were captured.
transport:
    if r4 == 6 goto tcp
    if r4 == 17 goto ports
    goto key
tcp:
    r2 = r7
    r2 += 14
    if r2 > r8 goto ports
    r5 = *(u8 *)(r7 + 13)
ports:
    r2 = r7
    r2 += 4
    if r2 > r8 goto key
    r3 = *(u32 *)(r7 + 0)
key:
    r8 = r5                             # calls leave r6 to r9 alone
