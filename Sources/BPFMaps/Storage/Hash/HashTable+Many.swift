import CWeir

// Many lookups together.
extension HashTable {
    /// How many keys are on their way at once.
    private static var flight: Int { 16 }

    /// Copies the values of `count` keys out, whole, and notes which of them are there.
    ///
    /// The groups of several keys are asked for before the first is looked at, then their entries.
    static func readMany(
        _ map: UnsafeMutableRawPointer, _ keys: UnsafeRawPointer, count: Int, to values: UnsafeMutableRawPointer,
        _ found: (Int) -> Void
    ) {
        let header = unsafe HashHeader.at(map)
        let keySize = unsafe header.pointee.keySize
        let valueSize = unsafe header.pointee.valueSize
        unsafe withUnsafeTemporaryAllocation(of: UInt64.self, capacity: flight) { hashes in
            var start = 0
            while start < count {
                let end = min(count, start &+ flight)
                for index in start..<end {
                    let hash = unsafe Key(at: keys + index &* keySize, size: keySize).hash(header.pointee.seeds)
                    unsafe hashes[index &- start] = hash
                    unsafe weir_prefetch(header.control(header.home(of: hash)))
                }
                for index in start..<end { unsafe prefetchEntry(hashes[index &- start], header) }
                for index in start..<end {
                    let target = unsafe values + index &* valueSize
                    if unsafe read(map, keys + index &* keySize, to: target) {
                        found(index)
                    } else {
                        unsafe target.initializeMemory(as: UInt8.self, repeating: 0, count: valueSize)
                    }
                }
                start = end
            }
        }
    }

    /// Asks for the entry where a hash's key probably is.
    @inline(__always)
    private static func prefetchEntry(_ hash: UInt64, _ header: UnsafeMutablePointer<HashHeader>) {
        let group = unsafe header.home(of: hash)
        let candidates = unsafe ControlGroup(at: header.control(group)).slots(tagged: ControlGroup.tag(of: hash))
        guard candidates != 0 else { return }
        let entry = unsafe header.entry(header.index(group, candidates.trailingZeroBitCount))
        unsafe weir_prefetch(entry)
        unsafe weir_prefetch(entry + (header.pointee.stride &- 1))
    }
}
