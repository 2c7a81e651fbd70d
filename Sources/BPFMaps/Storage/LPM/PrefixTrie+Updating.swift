import BPFModel
import Synchronization

// How prefixes come and go, under the map's lock.
extension PrefixTrie {
    /// Where a node's number is: in the root, or in a node's child.
    @unsafe private struct Link {
        let word: UnsafeMutableRawPointer

        @inline(__always)
        private var atomic: UnsafePointer<Atomic<UInt32>> {
            unsafe UnsafePointer(word.assumingMemoryBound(to: Atomic<UInt32>.self))
        }

        var number: UInt32 {
            get { unsafe atomic.pointee.load(ordering: .acquiring) }
            nonmutating set { unsafe atomic.pointee.store(newValue, ordering: .releasing) }
        }
    }

    private static func rootLink(_ map: UnsafeMutableRawPointer) -> Link {
        unsafe Link(word: map + MapHeader.kindOffset + 256)
    }

    private func link(_ number: UInt32, _ bit: Int) -> Link { unsafe Link(word: node(number).address + bit * 4) }

    /// `BPF_MAP_UPDATE_ELEM`.
    static func update(
        _ map: UnsafeMutableRawPointer, _ key: UnsafeRawPointer, _ value: UnsafeRawPointer, _ flags: UInt64
    ) -> Int64 {
        guard let mode = UpdateMode(rawValue: flags) else { return Errno.invalid.returned }
        let trie = unsafe at(map).pointee
        let prefix = unsafe Prefix(key)
        guard unsafe prefix.length <= trie.longest else { return Errno.invalid.returned }
        unsafe WriterLock.lock(map)
        defer { unsafe WriterLock.unlock(map) }

        var link = unsafe rootLink(map)
        var matching = 0
        while unsafe link.number != 0 {
            let node = unsafe trie.node(link.number)
            matching = unsafe node.matchingBits(prefix)
            if unsafe node.length != matching || node.length == prefix.length { break }
            unsafe link = unsafe trie.link(link.number, prefix.bit(node.length))
        }
        let old = unsafe link.number
        let exists =
            unsafe old != 0 && trie.node(old).length == matching && matching == prefix.length
            && !trie.node(old).isFork
        if let refused = mode.refusal(exists: exists) { return refused.returned }
        if unsafe !exists && MapHeader.count(map).pointee.load(ordering: .relaxed) >= trie.capacity {
            return Errno.noSpace.returned
        }
        guard let number = unsafe trie.take(map) else { return Errno.noMemory.returned }
        let node = unsafe trie.node(number)
        unsafe trie.fill(node, key, value)
        if old == 0 {
            unsafe link.number = number
        } else if unsafe trie.node(old).length == matching && matching == prefix.length {
            unsafe node.setChild(0, trie.node(old).child(0))
            unsafe node.setChild(1, trie.node(old).child(1))
            unsafe link.number = number
            unsafe trie.give(old, map)
        } else if unsafe matching == prefix.length {
            unsafe node.setChild(trie.node(old).bit(matching), old)
            unsafe link.number = number
        } else {
            guard let fork = unsafe trie.fork(map, at: matching, of: old, number, prefix) else {
                unsafe trie.give(number, map)
                return Errno.noMemory.returned
            }
            unsafe link.number = fork
        }
        if !exists { unsafe MapHeader.count(map).pointee.wrappingAdd(1, ordering: .relaxed) }
        return 0
    }

    /// Writes a node that nobody sees yet: an entry without children.
    private func fill(_ node: PrefixNode, _ key: UnsafeRawPointer, _ value: UnsafeRawPointer) {
        unsafe node.setChild(0, 0)
        unsafe node.setChild(1, 0)
        unsafe node.isFork = false
        unsafe Words.copy(key, toEntry: node.key, count: keySize)
        unsafe Words.copy(value, toEntry: node.address + valueOffset, count: valueSize)
    }

    /// A node that tells two others apart by the bit behind what they share.
    private func fork(
        _ map: UnsafeMutableRawPointer, at length: Int, of old: UInt32, _ new: UInt32, _ prefix: Prefix
    ) -> UInt32? {
        guard let number = unsafe take(map) else { return nil }
        let fork = unsafe node(number)
        unsafe fork.isFork = true
        unsafe Words.copy(node(old).key, toEntry: fork.key, count: keySize)
        let first = unsafe Words.loadAcquire64(fork.key) & ~0xffff_ffff | UInt64(length)
        unsafe Words.storeRelease64(fork.key, first)
        let bit = unsafe prefix.bit(length)
        unsafe fork.setChild(bit, new)
        unsafe fork.setChild(1 - bit, old)
        return number
    }

    /// `BPF_MAP_DELETE_ELEM`.
    static func delete(_ map: UnsafeMutableRawPointer, _ key: UnsafeRawPointer) -> Int64 {
        let trie = unsafe at(map).pointee
        let prefix = unsafe Prefix(key)
        guard unsafe prefix.length <= trie.longest else { return Errno.invalid.returned }
        unsafe WriterLock.lock(map)
        defer { unsafe WriterLock.unlock(map) }

        var link = unsafe rootLink(map)
        var above: (link: Link, bit: Int)?
        while unsafe link.number != 0 {
            let node = unsafe trie.node(link.number)
            let matching = unsafe node.matchingBits(prefix)
            if unsafe matching != node.length { return Errno.noEntry.returned }
            if unsafe node.length == prefix.length { break }
            let bit = unsafe prefix.bit(node.length)
            unsafe above = unsafe (link, bit)
            unsafe link = unsafe trie.link(link.number, bit)
        }
        guard unsafe link.number != 0, unsafe !trie.node(link.number).isFork else { return Errno.noEntry.returned }
        unsafe trie.cut(link, above: above, map)
        unsafe MapHeader.count(map).pointee.wrappingSubtract(1, ordering: .relaxed)
        return 0
    }

    /// Takes an entry out of the trie, and the fork above it where that has nothing left to tell apart.
    private func cut(_ link: Link, above: (link: Link, bit: Int)?, _ map: UnsafeMutableRawPointer) {
        let number = unsafe link.number
        let node = unsafe node(number)
        let left = unsafe node.child(0)
        let right = unsafe node.child(1)
        if left != 0 && right != 0 {
            unsafe node.isFork = true
            return
        }
        if left == 0, right == 0, let above = unsafe above {
            let parent = unsafe above.link.number
            if unsafe self.node(parent).isFork {
                unsafe above.link.number = self.node(parent).child(1 - above.bit)
                unsafe give(parent, map)
                unsafe give(number, map)
                return
            }
        }
        unsafe link.number = left != 0 ? left : right
        unsafe give(number, map)
    }

    // MARK: Nodes

    /// A node to fill: a fresh one, or the one that is free longest.
    private func take(_ map: UnsafeMutableRawPointer) -> UInt32? {
        let state = unsafe Self.state(map)
        if unsafe state.pointee.free <= Self.resting, unsafe state.pointee.fresh <= last {
            let number = unsafe state.pointee.fresh
            unsafe state.pointee.fresh &+= 1
            return number
        }
        guard unsafe state.pointee.free > 0 else { return nil }
        let number = unsafe state.pointee.firstFree
        unsafe state.pointee.firstFree = node(number).nextFree
        unsafe state.pointee.free &-= 1
        unsafe Self.reuses(map).pointee.wrappingAdd(1, ordering: .acquiringAndReleasing)
        return number
    }

    /// Gives a node back that was taken out.
    private func give(_ number: UInt32, _ map: UnsafeMutableRawPointer) {
        let state = unsafe Self.state(map)
        if unsafe state.pointee.free == 0 {
            unsafe state.pointee.firstFree = number
        } else {
            unsafe node(state.pointee.lastFree).nextFree = number
        }
        unsafe state.pointee.lastFree = number
        unsafe state.pointee.free &+= 1
    }
}
