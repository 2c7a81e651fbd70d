# IPv4, from here on with
#
#   r0  the version                       r3  both ports as the packet has them, or 0
#   r1  the IP header                     r4  the protocol
#   r7  the cursor, behind the header     r5  TCP's flags, or 0
ipv4:
    r2 = r7
    r2 += 20
    if r2 > r8 goto truncated_network
    r0 = 4
    r1 = r7
    r7 = r2
    r4 = *(u8 *)(r1 + 9)
    r5 = 0
    r2 = *(u8 *)(r1 + 0)
    if r2 == 0x45 goto no_options
    r3 = r2
    r3 >>= 4
    if r3 != 4 goto invalid_network
    r2 &= 15
    if r2 < 5 goto invalid_network
    r2 <<= 2
    r7 = r1
    r7 += r2
no_options:
    r3 = *(u16 *)(r1 + 6)
    r3 = be16 r3
    r3 &= 0x1fff
    if r3 == 0 goto transport
    r3 = 0                              # a later fragment has no ports
    goto key
