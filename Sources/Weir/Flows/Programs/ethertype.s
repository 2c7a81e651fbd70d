# The EtherType in r3, the cursor behind it: any VLAN tags, then what they lead to.
ethertype@:
    if r3 == 0x0800 goto ipv4
    if r3 == 0x86dd goto ipv6
    r0 = MAX_TAGS
tags@:
    if r3 == 0x8100 goto tag@           # 802.1Q
    if r3 == 0x88a8 goto tag@           # 802.1ad
    if r3 != 0x9100 goto no_tag@        # its forerunner
tag@:
    r2 = r7
    r2 += 4
    if r2 > r8 goto truncated_link
    if r0 == 0 goto too_many_headers
    r0 += -1
    r3 = *(u16 *)(r7 + 2)
    r3 = be16 r3
    if r9 != 0 goto inner_tag@
    r9 = *(u16 *)(r7 + 0)
    r9 = be16 r9
    r9 &= 0xfff
    r9 |= 0x1000
inner_tag@:
    r7 = r2
    goto tags@
no_tag@:
    r2 = *(u32 *)(r6 + __sk_buff.data)  # forget how many tags there were
    r7 -= r2
    r7 &= MAX_OFFSET
    r2 += r7
    r7 = r2
    if r3 == 0x0800 goto ipv4
    if r3 == 0x86dd goto ipv6
    if r3 == 0x0806 goto arp
    if r3 == 0x8847 goto labels
    if r3 == 0x8848 goto labels
    if r3 == 0x8864 goto pppoe
    if r3 <= 1500 goto length@          # the length of an 802.3 frame
    goto other_ethertype
