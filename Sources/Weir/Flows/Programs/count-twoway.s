# Counts the packet in flows@, in the direction r7 says. The key lies at KEY@ on the stack.
    r1 = map flows@
    r2 = r10
    r2 += KEY@
    call bpf_map_lookup_elem
    r4 = *(u64 *)(r6 + __sk_buff.tstamp)
    r5 = *(u32 *)(r6 + __sk_buff.wire_len)
    if r0 == 0 goto new@
    if r7 != 0 goto back@
    r1 = *(u64 *)(r0 + PACKETS)
    r1 += 1
    *(u64 *)(r0 + PACKETS) = r1
    r1 = *(u64 *)(r0 + BYTES)
    r1 += r5
    *(u64 *)(r0 + BYTES) = r1
    r1 = *(u32 *)(r0 + FLAGS)
    r1 |= r8
    *(u32 *)(r0 + FLAGS) = r1
    goto times@
back@:
    r1 = *(u64 *)(r0 + BACK_PACKETS)
    r1 += 1
    *(u64 *)(r0 + BACK_PACKETS) = r1
    r1 = *(u64 *)(r0 + BACK_BYTES)
    r1 += r5
    *(u64 *)(r0 + BACK_BYTES) = r1
    r1 = *(u32 *)(r0 + BACK_FLAGS)
    r1 |= r8
    *(u32 *)(r0 + BACK_FLAGS) = r1
times@:
    r1 = *(u64 *)(r0 + LAST)
    if r4 < r1 goto early@
    *(u64 *)(r0 + LAST) = r4
    r0 = 0
    exit
early@:                                 # the packet is older than one before it
    r1 = *(u64 *)(r0 + FIRST)
    if r4 >= r1 goto done@
    *(u64 *)(r0 + FIRST) = r4
done@:
    r0 = 0
    exit
new@:
    r3 = r10
    r3 += VALUE
    r1 = 1
    r2 = 0
    *(u64 *)(r3 + FIRST) = r4
    *(u64 *)(r3 + LAST) = r4
    *(u64 *)(r3 + BEGAN_BACK) = r7      # which way the first packet went
    if r7 != 0 goto new_back@
    *(u64 *)(r3 + PACKETS) = r1
    *(u64 *)(r3 + BYTES) = r5
    *(u32 *)(r3 + FLAGS) = r8
    *(u64 *)(r3 + BACK_PACKETS) = r2
    *(u64 *)(r3 + BACK_BYTES) = r2
    *(u32 *)(r3 + BACK_FLAGS) = r2
    goto insert@
new_back@:
    *(u64 *)(r3 + PACKETS) = r2
    *(u64 *)(r3 + BYTES) = r2
    *(u32 *)(r3 + FLAGS) = r2
    *(u64 *)(r3 + BACK_PACKETS) = r1
    *(u64 *)(r3 + BACK_BYTES) = r5
    *(u32 *)(r3 + BACK_FLAGS) = r8
insert@:
    r1 = map flows@
    r2 = r10
    r2 += KEY@
    r4 = 0
    call bpf_map_update_elem
    if r0 != 0 goto table_full
    exit
