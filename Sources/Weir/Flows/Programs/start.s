# Counts packets by flow.
#
# The packet is read through pointers, each step proved by a comparison with its end:
#
#   r6  the context
#   r7  the cursor: the first byte not yet looked at
#   r8  the end of the captured bytes
#   r9  the outermost VLAN tag: its number | 0x1000, or 0 without a tag

    r6 = r1
    r7 = *(u32 *)(r6 + __sk_buff.data)
    r8 = *(u32 *)(r6 + __sk_buff.data_end)
    r9 = 0
