# By protocol alone.
    r3 = 0
    r7 = 0
    r9 = r4
