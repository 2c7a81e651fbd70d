# The PPP protocol in r3, the cursor behind it.
ppp:
    if r3 == 0x0021 goto ipv4
    if r3 == 0x0057 goto ipv6
    if r3 == 0x0281 goto labels
    if r3 == 0x0283 goto labels
    goto other_protocol
