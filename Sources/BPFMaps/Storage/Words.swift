import Synchronization

/// Reads and writes of memory that other threads, or the program's last instructions, may just have written.
///
/// Entries are written with releasing stores of 64 bits and read with acquiring loads, which cost what plain ones
/// cost: who reads a word of an entry's next life also sees that its group has changed. A program's keys and values
/// are read in 32-bit pieces: programs build them on their stack with stores of that size, and a wider load of bytes
/// still on their way to the cache waits for them. Relaxed atomics keep the compiler from joining the pieces.
enum Words {
    @inline(__always)
    static func load32(_ address: UnsafeRawPointer) -> UInt32 {
        unsafe address.assumingMemoryBound(to: Atomic<UInt32>.self).pointee.load(ordering: .relaxed)
    }

    /// Two 32-bit loads, joined.
    @inline(__always)
    static func loadPair(_ address: UnsafeRawPointer) -> UInt64 {
        let low = unsafe UInt64(load32(address))
        let high = unsafe UInt64(load32(address + 4))
        return low | high &<< 32
    }

    /// A 64-bit load that later loads can't be moved ahead of.
    @inline(__always)
    static func loadAcquire64(_ address: UnsafeRawPointer) -> UInt64 {
        unsafe address.assumingMemoryBound(to: Atomic<UInt64>.self).pointee.load(ordering: .acquiring)
    }

    /// A 64-bit store that earlier stores can't be moved behind.
    @inline(__always)
    static func storeRelease64(_ address: UnsafeMutableRawPointer, _ value: UInt64) {
        unsafe address.assumingMemoryBound(to: Atomic<UInt64>.self).pointee.store(value, ordering: .releasing)
    }

    /// Whether a 32-bit load at the address is aligned.
    @inline(__always)
    static func isAligned(_ address: UnsafeRawPointer) -> Bool {
        UInt(bitPattern: address) & 3 == 0
    }

    /// The 8 bytes at a program's address.
    @inline(__always)
    static func load64(_ address: UnsafeRawPointer) -> UInt64 {
        unsafe isAligned(address) ? loadPair(address) : address.loadUnaligned(as: UInt64.self)
    }

    /// The last 1 to 7 bytes of a program's memory, zeros behind them.
    @inline(never)
    static func loadTail(_ address: UnsafeRawPointer, count: Int) -> UInt64 {
        var word: UInt64 = 0
        var index = 0
        while index < count {
            word |= unsafe UInt64(address.load(fromByteOffset: index, as: UInt8.self)) &<< UInt64(8 &* index)
            index &+= 1
        }
        return word
    }

    /// Copies `count` bytes of a program into an entry, padded with zeros to a multiple of 8.
    @inline(__always)
    static func copy(_ source: UnsafeRawPointer, toEntry destination: UnsafeMutableRawPointer, count: Int) {
        var offset = 0
        while offset &+ 8 <= count {
            unsafe storeRelease64(destination + offset, load64(source + offset))
            offset &+= 8
        }
        if offset < count {
            unsafe storeRelease64(destination + offset, loadTail(source + offset, count: count &- offset))
        }
    }

    /// Zeroes an entry's bytes, up to the next multiple of 8.
    static func zero(_ destination: UnsafeMutableRawPointer, count: Int) {
        var offset = 0
        while offset < count {
            unsafe storeRelease64(destination + offset, 0)
            offset &+= 8
        }
    }

    /// Copies `count` bytes of an entry out.
    @inline(__always)
    static func copy(entry source: UnsafeRawPointer, to destination: UnsafeMutableRawPointer, count: Int) {
        var offset = 0
        while offset &+ 8 <= count {
            unsafe destination.storeBytes(of: loadAcquire64(source + offset), toByteOffset: offset, as: UInt64.self)
            offset &+= 8
        }
        if offset < count {
            var word = unsafe loadAcquire64(source + offset)
            while offset < count {
                unsafe destination.storeBytes(
                    of: UInt8(truncatingIfNeeded: word), toByteOffset: offset, as: UInt8.self)
                word &>>= 8
                offset &+= 1
            }
        }
    }
}
