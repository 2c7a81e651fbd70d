# IEEE 802.11: 24 bytes, and more as frame control asks for: a fourth address, quality of service, HT control.
link_80211:
    r2 = r7
    r2 += 2
    if r2 > r8 goto truncated_link
    r3 = *(u8 *)(r7 + 0)
    r4 = *(u8 *)(r7 + 1)
    r5 = r3
    r5 &= 0x4c
    if r5 != 0x08 goto no_data          # management, control, or data without data
    if r4 & 0x40 goto encrypted
    r7 += 24
    r5 = r4
    r5 &= 3
    if r5 != 3 goto three_addresses
    r7 += 6
three_addresses:
    if r3 & 0x80 goto quality
    goto llc
quality:
    r7 += 2
    if r4 & 0x80 goto ht_control
    goto llc
ht_control:
    r7 += 4
    goto llc
