# By conversation: addresses, ports and protocol.
    r9 = r4
