import BPFModel

/// Where things lie in a hash table's memory: control words, then entries.
struct HashLayout {
    /// How many groups there are, and slots in them.
    let groups: Int
    let slots: Int
    /// Where in an entry the value is, and the distance from one entry to the next, in bytes.
    let valueOffset: Int
    let stride: Int
    /// Where the entries begin.
    let entriesOffset: Int
    /// The size of all tables.
    let bytes: Int

    init(_ spec: MapSpec) throws(MapError) {
        valueOffset = try MapSpec.roundUp(spec.keySize)
        stride = try valueOffset + MapSpec.roundUp(spec.valueSize)
        guard stride <= MapSpec.largestEntry else {
            throw .tooLarge("size of key and value", stride, limit: MapSpec.largestEntry)
        }
        groups = (spec.maxEntries - 1) / ControlGroup.averageEntries + 1
        slots = groups * ControlGroup.slots
        entriesOffset = (groups * ControlGroup.size + 63) & ~63
        bytes = try entriesOffset + MapSpec.total(slots, stride)
    }
}
