import BPFModel
import Synchronization

/// A trie of prefixes, behind the map's header: its constants and, on other cache lines, what changes.
///
/// Lookups take no lock. A writer shows a node when it is complete, and takes it out by one store; a node that was
/// taken out stays as it was until it is used again, which is counted before: a lookup during which that happened
/// looks again.
@unsafe struct PrefixTrie {
    let nodes: UnsafeMutableRawPointer
    let stride: Int
    let keySize: Int
    let valueOffset: Int
    let valueSize: Int
    let capacity: Int
    /// The longest prefix, in bits.
    let longest: Int
    /// The highest number of a node.
    let last: UInt32

    /// How many nodes rest before one of them is used again, while there are others.
    static var resting: UInt32 { 64 }

    /// What changes under the map's lock; the number of the root, which lookups read, is on a cache line before it.
    @unsafe struct State {
        /// The nodes never used yet begin here.
        var fresh: UInt32 = 1
        /// The free nodes, in the order they were freed, and their number.
        var firstFree: UInt32 = 0
        var lastFree: UInt32 = 0
        var free: UInt32 = 0
    }

    @inline(__always)
    static func at(_ map: UnsafeMutableRawPointer) -> UnsafeMutablePointer<PrefixTrie> {
        unsafe (map + MapHeader.kindOffset).assumingMemoryBound(to: PrefixTrie.self)
    }

    @inline(__always)
    static func state(_ map: UnsafeMutableRawPointer) -> UnsafeMutablePointer<State> {
        unsafe (map + MapHeader.kindOffset + 320).assumingMemoryBound(to: State.self)
    }

    /// How often a node was used again.
    @inline(__always)
    static func reuses(_ map: UnsafeMutableRawPointer) -> UnsafePointer<Atomic<UInt64>> {
        unsafe UnsafePointer((map + MapHeader.kindOffset + 512).assumingMemoryBound(to: Atomic<UInt64>.self))
    }

    @inline(__always)
    func node(_ number: UInt32) -> PrefixNode { unsafe PrefixNode(nodes + Int(number) &* stride) }
}

// MARK: Lookups

extension PrefixTrie {
    /// The value of the longest prefix of a key that is there, or nil, and how many nodes had been used again before.
    @inline(__always)
    static func find(
        _ map: UnsafeMutableRawPointer, _ key: UnsafeRawPointer
    ) -> (value: UnsafeMutableRawPointer?, reuses: UInt64) {
        let trie = unsafe at(map)
        let prefix = unsafe Prefix(key)
        while true {
            let before = unsafe reuses(map).pointee.load(ordering: .acquiring)
            if unsafe prefix.length > trie.pointee.longest { return (nil, before) }
            let found = unsafe trie.pointee.search(root(map), prefix)
            if unsafe reuses(map).pointee.load(ordering: .acquiring) == before {
                guard let found = unsafe found else { return (nil, before) }
                return unsafe (found.address + trie.pointee.valueOffset, before)
            }
        }
    }

    @inline(__always)
    static func root(_ map: UnsafeMutableRawPointer) -> UInt32 {
        let word = unsafe (map + MapHeader.kindOffset + 256).assumingMemoryBound(to: Atomic<UInt32>.self)
        return unsafe word.pointee.load(ordering: .acquiring)
    }

    private func search(_ root: UInt32, _ prefix: Prefix) -> PrefixNode? {
        var found: PrefixNode?
        var number = root
        var depth = -1
        while number != 0 {
            let node = unsafe node(number)
            let length = unsafe node.length
            // Lengths grow on the way down, unless a node was used again: then this search is over anyway.
            if length <= depth { break }
            depth = length
            let matching = unsafe node.matchingBits(prefix)
            if matching < length { break }
            if unsafe !node.isFork { unsafe found = node }
            if unsafe length >= prefix.length { break }
            number = unsafe node.child(prefix.bit(length))
        }
        return unsafe found
    }
}
