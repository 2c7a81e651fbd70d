# IPv6, and its extension headers: hop-by-hop options (0), routing (43), fragment (44), destination options (60).
# One that is cut short counts as the protocol.
ipv6:
    r2 = r7
    r2 += 40
    if r2 > r8 goto truncated_network
    r1 = r7
    r7 = r2
    r3 = *(u8 *)(r1 + 0)
    r3 >>= 4
    if r3 != 6 goto invalid_network
    r4 = *(u8 *)(r1 + 6)
    r0 = MAX_EXTENSIONS
extension:
    if r4 == 6 goto extensions_end
    if r4 == 17 goto extensions_end
    if r4 == 44 goto fragment
    if r4 == 0 goto options
    if r4 == 43 goto options
    if r4 != 60 goto extensions_end
options:
    r2 = r7
    r2 += 8
    if r2 > r8 goto extensions_end
    if r0 == 0 goto too_many_headers
    r0 += -1
    r4 = *(u8 *)(r7 + 0)
    r3 = *(u8 *)(r7 + 1)
    r3 += 1
    r3 <<= 3
    r7 += r3
    goto next_extension
fragment:
    r2 = r7
    r2 += 8
    if r2 > r8 goto extensions_end
    if r0 == 0 goto too_many_headers
    r0 += -1
    r4 = *(u8 *)(r7 + 0)
    r3 = *(u16 *)(r7 + 2)
    r3 = be16 r3
    r7 = r2
    if r3 >= 8 goto later_fragment      # the lower three bits are flags
next_extension:
    r2 = *(u32 *)(r6 + __sk_buff.data)  # forget which headers there were
    r7 -= r2
    r7 &= MAX_OFFSET
    r2 += r7
    r7 = r2
    goto extension
later_fragment:
    r0 = 6
    r3 = 0                              # it has no ports
    r5 = 0
    goto key
extensions_end:
    r0 = 6
    r3 = 0
    r5 = 0
