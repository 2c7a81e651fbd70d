import Synchronization

/// A node of a prefix trie, by its address.
///
///     bytes  0 … 7   its two children, by number; 0 where there is none
///     bytes  8 … 15  whether it is only a fork; when free, the next free one
///     bytes 16 …     the key: the length of the prefix in bits, then its bytes; then the value
///
/// Words are atomics, since lookups read nodes while a writer changes them. A node's key and value never change while
/// it is in the trie; its children and its role do, by one store.
@unsafe struct PrefixNode {
    let address: UnsafeMutableRawPointer

    static var keyOffset: Int { 16 }

    @inline(__always)
    init(_ address: UnsafeMutableRawPointer) { unsafe self.address = unsafe address }

    @inline(__always)
    private func word32(_ offset: Int) -> UnsafePointer<Atomic<UInt32>> {
        unsafe UnsafePointer((address + offset).assumingMemoryBound(to: Atomic<UInt32>.self))
    }

    /// The number of the child for a bit.
    @inline(__always)
    func child(_ bit: Int) -> UInt32 { unsafe word32(bit &* 4).pointee.load(ordering: .acquiring) }

    @inline(__always)
    func setChild(_ bit: Int, _ node: UInt32) { unsafe word32(bit &* 4).pointee.store(node, ordering: .releasing) }

    /// Whether the node has no entry, and only tells two others apart.
    var isFork: Bool {
        get { unsafe word32(8).pointee.load(ordering: .acquiring) != 0 }
        nonmutating set { unsafe word32(8).pointee.store(newValue ? 1 : 0, ordering: .releasing) }
    }

    /// The next free node, while this one is free.
    var nextFree: UInt32 {
        get { unsafe word32(12).pointee.load(ordering: .relaxed) }
        nonmutating set { unsafe word32(12).pointee.store(newValue, ordering: .relaxed) }
    }

    /// The key, as programs and users have it.
    var key: UnsafeMutableRawPointer { unsafe address + Self.keyOffset }

    /// The length of the prefix in bits.
    @inline(__always)
    var length: Int { unsafe Int(UInt32(truncatingIfNeeded: Words.loadAcquire64(key))) }

    /// The bit of the prefix at an index.
    @inline(__always)
    func bit(_ index: Int) -> Int { unsafe Prefix.bit(of: byte(index / 8), index) }

    /// A byte of the prefix, read as part of the word it is in.
    @inline(__always)
    private func byte(_ index: Int) -> UInt8 {
        let offset = index &+ 4
        let word = unsafe Words.loadAcquire64(key + (offset & ~7))
        return UInt8(truncatingIfNeeded: word &>> UInt64(8 &* (offset & 7)))
    }

    /// How many bits of a key, at most as many as both have, the prefix begins with.
    @inline(__always)
    func matchingBits(_ other: Prefix) -> Int {
        let limit = unsafe min(length, other.length)
        var bits = 0
        while bits < limit {
            let difference = unsafe byte(bits / 8) ^ other.byte(bits / 8)
            if difference != 0 { return min(limit, bits &+ difference.leadingZeroBitCount) }
            bits &+= 8
        }
        return limit
    }
}

/// A key of a prefix trie, where a program or a user has it.
@unsafe struct Prefix {
    let address: UnsafeRawPointer

    @inline(__always)
    init(_ address: UnsafeRawPointer) { unsafe self.address = unsafe address }

    /// The length in bits.
    @inline(__always)
    var length: Int { unsafe Int(address.loadUnaligned(as: UInt32.self)) }

    @inline(__always)
    func byte(_ index: Int) -> UInt8 { unsafe address.load(fromByteOffset: index &+ 4, as: UInt8.self) }

    @inline(__always)
    func bit(_ index: Int) -> Int { unsafe Self.bit(of: byte(index / 8), index) }

    /// The bit at an index in its byte, the highest first.
    @inline(__always)
    static func bit(of byte: UInt8, _ index: Int) -> Int { Int(byte &>> UInt8(7 &- (index & 7)) & 1) }
}
