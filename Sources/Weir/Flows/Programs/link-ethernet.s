# Ethernet: two stations, then the EtherType, which comes next in the program too.
link_ethernet:
    r2 = r7
    r2 += 14
    if r2 > r8 goto truncated_link
    r3 = *(u16 *)(r7 + 12)
    r3 = be16 r3
    r7 = r2
