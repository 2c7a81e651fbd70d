# Linux cooked capture, version 1. Its protocol is an EtherType or a small number of Linux's own, of which 4 is LLC.
link_sll:
    r2 = r7
    r2 += 16
    if r2 > r8 goto truncated_link
    r3 = *(u16 *)(r7 + 14)
    r3 = be16 r3
    r7 = r2
    if r3 == 4 goto llc
    if r3 <= 1500 goto other_ethertype
    goto ethertype1
