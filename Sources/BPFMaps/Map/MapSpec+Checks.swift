import BPFModel

/// The checks of a specification that kinds share, with Linux's error numbers. Each kind calls them in Linux's order.
extension MapSpec {
    /// The largest value of a queue or a bloom filter: what the kernel allocates in one piece.
    static let largestValue = 4 << 20
    /// Key and value of a hash are smaller together: what the kernel allocates in one piece, less its own fields.
    static let largestEntry = (4 << 20) - 48
    /// The most entries of a hash, for which the kernel has buckets.
    static let largestHash = 1 << 27
    /// The largest value of a prefix trie: the same piece, less its longest key and its own fields.
    static let largestPrefixValue = (4 << 20) - 280
    /// The largest value of per-CPU kinds.
    static let largestWorkerValue = 32 << 10
    /// The most entries of any map.
    static let largestCapacity = 1 << 31

    /// Flags about who may read and write, which most kinds take.
    static let accessFlags: MapFlags = [.readOnly, .writeOnly, .readOnlyForPrograms, .writeOnlyForPrograms]

    /// Checks that only `allowed` flags are there, and no two that contradict each other.
    func checkFlags(_ allowed: MapFlags) throws(MapError) {
        let programs: MapFlags = [.readOnlyForPrograms, .writeOnlyForPrograms]
        let users: MapFlags = [.readOnly, .writeOnly]
        guard allowed.isSuperset(of: flags), !flags.isSuperset(of: programs), !flags.isSuperset(of: users)
        else { throw .flags(flags, type) }
    }

    /// Checks that there is room for at least one entry, and for no more than any map has.
    func checkCapacity(atMost limit: Int = largestCapacity) throws(MapError) {
        try Self.check("number of entries", maxEntries)
        if maxEntries > limit { throw .tooLarge("number of entries", maxEntries, limit: limit) }
    }

    /// Checks that keys have bytes.
    func checkKeySize() throws(MapError) { try Self.check("key size", keySize) }

    /// Checks that values have bytes.
    func checkValueSize() throws(MapError) { try Self.check("value size", valueSize) }

    /// Checks that one worker's value is one that per-CPU kinds take.
    func checkWorkerValue() throws(MapError) {
        guard valueSize <= Self.largestWorkerValue else {
            throw .tooLarge("value size", valueSize, limit: Self.largestWorkerValue)
        }
    }

    /// Checks that keys are 32-bit indices.
    func checkIndexKey() throws(MapError) {
        guard keySize == 4 else { throw .arrayKeySize(keySize) }
    }

    /// A size rounded up to 8 bytes.
    static func roundUp(_ size: Int) throws(MapError) -> Int {
        guard size <= Int(Int32.max) else { throw .tooLarge("size", size, limit: Int(Int32.max)) }
        return (size + 7) & ~7
    }

    /// The bytes of so many pieces: below the address space's end by far, so that sums of a few can't overflow.
    static func total(_ pieces: Int, _ size: Int) throws(MapError) -> Int {
        let (bytes, overflow) = pieces.multipliedReportingOverflow(by: size)
        guard !overflow, bytes <= 1 << 46 else { throw .noMemory(bytes: overflow ? .max : bytes) }
        return bytes
    }

    private static func check(_ what: String, _ size: Int) throws(MapError) {
        if size == 0 { throw .zero(what) }
        if size < 0 { throw .negative(what, size) }
    }
}
