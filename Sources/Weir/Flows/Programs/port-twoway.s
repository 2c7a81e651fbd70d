# Both directions share a key: there the service's port is the destination's, whichever way the packet goes.
    r3 <<= 16
