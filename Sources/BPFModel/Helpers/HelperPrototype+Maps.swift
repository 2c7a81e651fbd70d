// The helpers that reach into maps.
extension HelperPrototype {
    static let maps: [HelperPrototype] = [
        mapLookupElement, mapUpdateElement, mapDeleteElement, mapPushElement, mapPopElement, mapPeekElement, spinLock,
        spinUnlock, forEachMapElement, mapLookupPerCPUElement,
    ]

    /// The address of the value of a key, or 0.
    public static let mapLookupElement = HelperPrototype(
        1, "bpf_map_lookup_elem", [.map, .mapKey], .mapValueOrNull, .everyType, maps: .lookup)

    /// Makes or replaces an entry; 0 or an errno, negated.
    public static let mapUpdateElement = HelperPrototype(
        2, "bpf_map_update_elem", [.map, .mapKey, .mapValue, .anything], .scalar, .everyType, maps: .update,
        changesMap: true)

    /// Removes an entry; 0 or an errno, negated.
    public static let mapDeleteElement = HelperPrototype(
        3, "bpf_map_delete_elem", [.map, .mapKey], .scalar, .everyType, maps: .delete,
        changesMap: true)

    /// Adds a value to a queue, a stack or a bloom filter; 0 or an errno, negated.
    public static let mapPushElement = HelperPrototype(
        87, "bpf_map_push_elem", [.map, .mapValue, .anything], .scalar, .everyType,
        maps: [.queue, .stack, .bloomFilter], changesMap: true)

    /// Takes a value from a queue or a stack; 0 or an errno, negated.
    public static let mapPopElement = HelperPrototype(
        88, "bpf_map_pop_elem", [.map, .writableMapValue], .scalar, .everyType, maps: [.queue, .stack],
        changesMap: true)

    /// Copies the next value of a queue or a stack, or asks a bloom filter; 0 or an errno, negated.
    public static let mapPeekElement = HelperPrototype(
        89, "bpf_map_peek_elem", [.map, .writableMapValue], .scalar, .everyType, maps: [.queue, .stack, .bloomFilter])

    /// Locks a map's value.
    public static let spinLock = HelperPrototype(
        93, "bpf_spin_lock", [.spinLock], .nothing, .everyType, needsPrivilege: true)

    /// Unlocks a map's value.
    public static let spinUnlock = HelperPrototype(
        94, "bpf_spin_unlock", [.spinLock], .nothing, .everyType, needsPrivilege: true)

    /// Calls a function for each entry; the number of entries, or an errno, negated.
    public static let forEachMapElement = HelperPrototype(
        164, "bpf_for_each_map_elem", [.map, .callback(.element), .callbackContext, .anything], .scalar, .everyType,
        maps: .forEach, needsPrivilege: true)

    /// The address of a worker's value of a key, or 0.
    public static let mapLookupPerCPUElement = HelperPrototype(
        195, "bpf_map_lookup_percpu_elem", [.map, .mapKey, .anything], .mapValueOrNull, .everyType,
        maps: [.percpuArray, .percpuHash, .lruPercpuHash])
}
