/// A key in registers, or where it lies: how a hash table reads, hashes and compares keys of one length.
///
/// Equal bytes have equal hashes, whatever they are read as.
protocol TableKey {
    /// Reads the key a program or a user points to.
    init(at address: UnsafeRawPointer, size: Int)
    /// The 64-bit hash under a table's seeds.
    func hash(_ seeds: HashSeeds) -> UInt64
    /// Whether the entry at an address, 8-byte aligned, has this key.
    func matches(_ entry: UnsafeRawPointer) -> Bool
    /// Writes the key into an entry, padded to 8 bytes.
    func store(to entry: UnsafeMutableRawPointer)
}

/// A key of 4 bytes.
struct Key4: TableKey {
    let word: UInt64

    @inline(__always)
    init(at address: UnsafeRawPointer, size: Int) {
        word = unsafe UInt64(
            Words.isAligned(address) ? Words.load32(address) : address.loadUnaligned(as: UInt32.self))
    }

    @inline(__always)
    func hash(_ seeds: HashSeeds) -> UInt64 { seeds.fold(word, seeds.first) }

    @inline(__always)
    func matches(_ entry: UnsafeRawPointer) -> Bool { unsafe Words.loadAcquire64(entry) == word }

    @inline(__always)
    func store(to entry: UnsafeMutableRawPointer) { unsafe Words.storeRelease64(entry, word) }
}

/// A key of 8 bytes.
struct Key8: TableKey {
    let word: UInt64

    @inline(__always)
    init(at address: UnsafeRawPointer, size: Int) {
        word = unsafe Words.load64(address)
    }

    @inline(__always)
    func hash(_ seeds: HashSeeds) -> UInt64 { seeds.fold(word, seeds.first) }

    @inline(__always)
    func matches(_ entry: UnsafeRawPointer) -> Bool { unsafe Words.loadAcquire64(entry) == word }

    @inline(__always)
    func store(to entry: UnsafeMutableRawPointer) { unsafe Words.storeRelease64(entry, word) }
}

/// A key of 16 bytes.
struct Key16: TableKey {
    let low: UInt64
    let high: UInt64

    @inline(__always)
    init(at address: UnsafeRawPointer, size: Int) {
        low = unsafe Words.load64(address)
        high = unsafe Words.load64(address + 8)
    }

    @inline(__always)
    func hash(_ seeds: HashSeeds) -> UInt64 { seeds.fold(low, high) }

    @inline(__always)
    func matches(_ entry: UnsafeRawPointer) -> Bool {
        unsafe Words.loadAcquire64(entry) == low && Words.loadAcquire64(entry + 8) == high
    }

    @inline(__always)
    func store(to entry: UnsafeMutableRawPointer) {
        unsafe Words.storeRelease64(entry, low)
        unsafe Words.storeRelease64(entry + 8, high)
    }
}

/// A key of any other length, left where it is.
@safe struct KeyBytes: TableKey {
    let address: UnsafeRawPointer
    let size: Int

    @inline(__always)
    init(at address: UnsafeRawPointer, size: Int) {
        unsafe self.address = address
        self.size = size
    }

    /// The 8 bytes from an offset on, zeros past the end of the key.
    @inline(__always)
    private func word(at offset: Int) -> UInt64 {
        let source = unsafe address + offset
        if offset &+ 8 <= size { return unsafe Words.load64(source) }
        return unsafe Words.loadTail(source, count: size &- offset)
    }

    @inline(__always)
    func hash(_ seeds: HashSeeds) -> UInt64 {
        switch size {
        case 4, 8: return seeds.fold(word(at: 0), seeds.first)
        case 16: return seeds.fold(word(at: 0), word(at: 8))
        default: break
        }
        var hash = UInt64(truncatingIfNeeded: size)
        var offset = 0
        while offset < size {
            let next = offset &+ 8
            hash = seeds.fold(hash ^ word(at: offset), next < size ? word(at: next) : hash)
            offset = next &+ 8
        }
        return hash
    }

    @inline(__always)
    func matches(_ entry: UnsafeRawPointer) -> Bool {
        var offset = 0
        while offset < size {
            if unsafe Words.loadAcquire64(entry + offset) != word(at: offset) { return false }
            offset &+= 8
        }
        return true
    }

    @inline(__always)
    func store(to entry: UnsafeMutableRawPointer) {
        var offset = 0
        while offset < size {
            unsafe Words.storeRelease64(entry + offset, word(at: offset))
            offset &+= 8
        }
    }
}
