# An LLC header. SNAP leads on to an EtherType if its organization is Ethernet (00-00-00) or the bridge tunnel (00-00-f8);
# a length in place of that EtherType leads nowhere.
length2:
    goto logical_link
length1:
llc:
    r2 = r7
    r2 += 8
    if r2 > r8 goto truncated_link
    r3 = *(u32 *)(r7 + 0)
    r3 = be32 r3
    if w3 != 0xaaaa0300 goto logical_link
    r3 = *(u16 *)(r7 + 4)
    r3 = be16 r3
    if r3 == 0 goto snap
    if r3 != 0x00f8 goto logical_link
snap:
    r3 = *(u16 *)(r7 + 6)
    r3 = be16 r3
    r7 = r2
