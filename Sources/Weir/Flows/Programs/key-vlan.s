# By outermost VLAN alone; its tag is in r9 already.
    r3 = 0
    r7 = 0
