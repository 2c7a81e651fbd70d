# By pair of hosts: addresses alone.
    r3 = 0
    r9 = 0
