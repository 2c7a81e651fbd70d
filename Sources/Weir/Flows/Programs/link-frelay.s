# Frame Relay: an address of one to four bytes, the last one odd. After it comes an EtherType in Cisco's encapsulation;
# in RFC 2427's a byte 3, perhaps one of padding, and an NLPID.
link_frelay:
    r4 = 4
address:
    r2 = r7
    r2 += 1
    if r2 > r8 goto truncated_link
    r3 = *(u8 *)(r7 + 0)
    r7 = r2
    if r3 & 1 goto address_end
    r4 += -1
    if r4 == 0 goto other_protocol
    goto address
address_end:
    r2 = *(u32 *)(r6 + __sk_buff.data)  # forget how long the address was
    r7 -= r2
    r7 &= MAX_OFFSET
    r2 += r7
    r7 = r2
    r2 = r7
    r2 += 2
    if r2 > r8 goto truncated_link
    r3 = *(u16 *)(r7 + 0)
    r3 = be16 r3
    r4 = r3
    r4 >>= 8
    if r4 == 3 goto nlpid
    r7 = r2
    goto ethertype1
nlpid:
    r7 += 1
    if r3 != 0x0300 goto unpadded
    r7 += 1
unpadded:
    r2 = r7
    r2 += 1
    if r2 > r8 goto truncated_link
    r3 = *(u8 *)(r7 + 0)
    r7 = r2
    if r3 == 0xcc goto ipv4
    if r3 == 0x8e goto ipv6
    if r3 != 0x80 goto other_protocol
    r2 = r7                             # SNAP: organization, EtherType
    r2 += 5
    if r2 > r8 goto truncated_link
    r3 = *(u16 *)(r7 + 3)
    r3 = be16 r3
    r7 = r2
    goto ethertype1
