# IP over InfiniBand: a pseudo-header of 40 bytes, then the EtherType and two reserved bytes.
link_ipoib:
    r2 = r7
    r2 += 44
    if r2 > r8 goto truncated_link
    r3 = *(u16 *)(r7 + 40)
    r3 = be16 r3
    r7 = r2
    goto ethertype1
