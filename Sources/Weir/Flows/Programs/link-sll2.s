# Linux cooked capture, version 2: the protocol comes first.
link_sll2:
    r2 = r7
    r2 += 20
    if r2 > r8 goto truncated_link
    r3 = *(u16 *)(r7 + 0)
    r3 = be16 r3
    r7 = r2
    if r3 == 4 goto llc
    if r3 <= 1500 goto other_ethertype
    goto ethertype1
