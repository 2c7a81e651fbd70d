import BPFModel

// How a socket buffer's packet grows and shrinks. Headers stay where they are in memory, unless the function says so.
extension PacketEditor {
    /// Makes sure that there is room before and behind the packet, moving it if need be.
    private func makeRoom(before: UInt64, behind: UInt64) throws(Errno) {
        if data &- low >= before, high &- dataEnd >= behind, low > 0 { return }
        let length = length
        let room = high &- low
        // Linux runs out of memory too, only later.
        guard before &+ length &+ behind <= room else { throw .noMemory }
        let start = low &+ before &+ (room &- before &- length &- behind) / 2
        move(from: data, to: start, length)
        data = start
        metadata = start
        dataEnd = start &+ length
    }

    /// Makes the packet longer at its start; the new bytes hold anything.
    func prepend(_ count: UInt64) throws(Errno) {
        try makeRoom(before: count, behind: 0)
        moveStart(to: data &- count)
        networkOffset &+= count
        if let offset = transportOffset { transportOffset = offset &+ count }
        fullLength &+= UInt32(truncatingIfNeeded: count)
    }

    /// Takes bytes away at the packet's start; there must be as many.
    func removeFirst(_ count: UInt64) {
        moveStart(to: data &+ count)
        networkOffset = networkOffset > count ? networkOffset &- count : 0
        if let offset = transportOffset { transportOffset = offset > count ? offset &- count : 0 }
        fullLength &-= UInt32(truncatingIfNeeded: count)
    }

    private func moveStart(to start: UInt64) {
        data = start
        metadata = start
    }

    /// Puts zeros behind the packet's first `offset` bytes, and behind its end where it has fewer.
    func insert(_ count: UInt64, at offset: UInt64) throws(Errno) {
        let kept = min(offset, length)
        try prepend(count)
        move(from: data &+ count, to: data, kept)
        Self.zero(data &+ kept, count)
    }

    /// Takes bytes away behind the packet's first `offset` bytes.
    func remove(_ count: UInt64, at offset: UInt64) throws(Errno) {
        guard holds(count, at: offset) else { throw .noMemory }
        move(from: data, to: data &+ count, offset)
        removeFirst(count)
    }

    /// Makes the packet's end another one; new bytes are zeros.
    ///
    /// Of a packet that wasn't captured whole, bytes that aren't there come and go first.
    func setFullLength(_ count: UInt64) throws(Errno) {
        let length = length
        let full = max(UInt64(fullLength), length)
        if count < length {
            dataEnd = data &+ count
        } else if count > full, full == length {
            try makeRoom(before: 0, behind: count &- length)
            Self.zero(dataEnd, count &- length)
            dataEnd = data &+ count
        }
        fullLength = UInt32(truncatingIfNeeded: count)
    }
}
