# Linux's ARCNET: source, destination, two bytes of offset, system code. RFC 1201 (212, IPv4; 213, ARP; 196, IPv6) has
# three more bytes than RFC 1051 (240 and 241).
link_arcnet:
    r2 = r7
    r2 += 5
    if r2 > r8 goto truncated_link
    r3 = *(u8 *)(r7 + 4)
    r7 = r2
    if r3 == 240 goto ipv4
    if r3 == 241 goto arp
    r2 += 3
    if r2 > r8 goto truncated_link
    r7 = r2
    if r3 == 212 goto ipv4
    if r3 == 213 goto arp
    if r3 == 196 goto ipv6
    goto other_protocol
