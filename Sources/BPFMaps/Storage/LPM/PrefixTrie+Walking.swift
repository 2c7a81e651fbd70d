// Going through a trie as Linux does: both children before their parent, so that the most specific come first.
extension PrefixTrie {
    /// The entry after a key, or the first where `key` is nil or has none; 0 at the end; under the map's lock.
    func next(after key: UnsafeRawPointer?, root: UInt32) -> UInt32 {
        guard let key = unsafe key, unsafe Prefix(key).length <= longest else { return unsafe leftmost(root) }
        let prefix = unsafe Prefix(key)
        var path: [UInt32] = []
        var number = root
        while number != 0 {
            let node = unsafe node(number)
            path.append(number)
            if unsafe node.matchingBits(prefix) != node.length { return unsafe leftmost(root) }
            if unsafe node.length == prefix.length { break }
            number = unsafe node.child(prefix.bit(node.length))
        }
        guard number != 0, unsafe !node(number).isFork else { return unsafe leftmost(root) }
        path.removeLast()
        while let parent = path.popLast() {
            let sibling = unsafe node(parent).child(1)
            if unsafe node(parent).child(0) == number, sibling != 0 { return unsafe leftmost(sibling) }
            if unsafe !node(parent).isFork { return parent }
            number = parent
        }
        return 0
    }

    /// The first entry below a node.
    private func leftmost(_ root: UInt32) -> UInt32 {
        var number = root
        while number != 0 {
            let node = unsafe node(number)
            let below = unsafe node.child(0) != 0 ? node.child(0) : node.child(1)
            if below == 0 { return number }
            number = below
        }
        return 0
    }
}
