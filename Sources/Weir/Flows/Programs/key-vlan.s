# By outermost VLAN alone.
    r9 <<= 16
    r3 = 0
    r7 = 0
