# Cisco HDLC: address, control, EtherType.
link_chdlc:
    r2 = r7
    r2 += 4
    if r2 > r8 goto truncated_link
    r3 = *(u16 *)(r7 + 2)
    r3 = be16 r3
    r7 = r2
    goto ethertype1
