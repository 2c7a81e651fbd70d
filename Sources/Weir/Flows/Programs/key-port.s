# By service: the protocol and the lower of the two ports, which stays on the side that has it.
    r9 = r4
    r0 = r3
    r0 &= 0xffff
    r0 = be16 r0                        # source
    r1 = r3
    r1 >>= 16
    r1 = be16 r1                        # destination
    r7 = 0
    if r0 < r1 goto from_service
    r3 >>= 16                           # to the service: only the destination stays
    r3 <<= 16
    goto short_key
from_service:
    r7 = 1
    r3 &= 0xffff
