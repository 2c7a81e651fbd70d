# A PPPoE session: version and type, code, session, length, and the PPP protocol.
pppoe:
    r2 = r7
    r2 += 8
    if r2 > r8 goto truncated_link
    r3 = *(u16 *)(r7 + 6)
    r3 = be16 r3
    r7 = r2
