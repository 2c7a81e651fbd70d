# Per-Packet Information: version, flags, length, and the link type of what follows the header.
link_ppi:
    r2 = r7
    r2 += 8
    if r2 > r8 goto truncated_link
    r3 = *(u32 *)(r7 + 4)
    r4 = *(u16 *)(r7 + 2)
    if r4 < 8 goto truncated_link
    if r4 > MAX_HEADER goto too_many_headers
    r7 += r4
    if r3 == 0 goto link_null
    if r3 == 1 goto link_ethernet
    if r3 == 8 goto link_slip
    if r3 == 9 goto link_ppp
    if r3 == 12 goto link_raw
    if r3 == 14 goto link_raw
    if r3 == 50 goto link_ppp
    if r3 == 101 goto link_raw
    if r3 == 104 goto link_chdlc
    if r3 == 105 goto link_80211
    if r3 == 107 goto link_frelay
    if r3 == 108 goto link_null
    if r3 == 113 goto link_sll
    if r3 == 127 goto link_radiotap
    if r3 == 129 goto link_arcnet
    if r3 == 228 goto ipv4
    if r3 == 229 goto ipv6
    if r3 == 239 goto link_nflog
    if r3 == 242 goto link_ipoib
    if r3 == 276 goto link_sll2
    goto unsupported_link_type
