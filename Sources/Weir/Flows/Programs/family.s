# Either version of IP.
    if r0 == 6 goto addresses6
