# PPP: address and control bytes and the first byte of the protocol may be left out.
# An address of 0x0f or 0x8f is none of PPP's: then this is Cisco HDLC.
link_ppp:
    r2 = r7
    r2 += 2
    if r2 > r8 goto truncated_link
    r3 = *(u8 *)(r7 + 0)
    if r3 == 0x0f goto link_chdlc
    if r3 == 0x8f goto link_chdlc
    r3 = *(u16 *)(r7 + 0)
    r3 = be16 r3
    if r3 != 0xff03 goto no_address
    r7 = r2
no_address:
    r2 = r7
    r2 += 1
    if r2 > r8 goto truncated_link
    r3 = *(u8 *)(r7 + 0)
    if r3 & 1 goto protocol             # an odd byte is all there is of the protocol
    r2 = r7
    r2 += 2
    if r2 > r8 goto truncated_link
    r3 = *(u16 *)(r7 + 0)
    r3 = be16 r3
protocol:
    r7 = r2
    goto ppp
