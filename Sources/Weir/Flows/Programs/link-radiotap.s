# Radiotap: of its header only the length matters.
link_radiotap:
    r2 = r7
    r2 += 4
    if r2 > r8 goto truncated_link
    r3 = *(u16 *)(r7 + 2)
    if r3 < 8 goto truncated_link
    if r3 > MAX_HEADER goto too_many_headers
    r7 += r3
