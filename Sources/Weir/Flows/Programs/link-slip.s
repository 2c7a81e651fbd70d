# SLIP: a pseudo-header of libpcap's, then raw IP.
link_slip:
    r2 = r7
    r2 += 16
    if r2 > r8 goto truncated_link
    r7 = r2
