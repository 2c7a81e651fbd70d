import BPFModel
import Synchronization

/// Where the values of a queue are, and what programs do with them under the map's lock.
///
/// The values stand in a ring: the oldest at a place that moves on, the others behind it.
@unsafe struct QueueHeader {
    var values: UnsafeMutableRawPointer
    /// The distance from one value to the next, in bytes.
    var stride: Int
    /// The place of the oldest value.
    var first = 0

    @inline(__always)
    static func at(_ map: UnsafeMutableRawPointer) -> UnsafeMutablePointer<QueueHeader> {
        unsafe (map + MapHeader.kindOffset).assumingMemoryBound(to: QueueHeader.self)
    }

    /// The address of the value at a place, counted from the oldest.
    static func value(_ map: UnsafeMutableRawPointer, at place: Int) -> UnsafeMutableRawPointer {
        let header = unsafe at(map)
        let capacity = unsafe MapHeader.at(map).pointee.capacity
        let sum = unsafe header.pointee.first &+ place
        return unsafe header.pointee.values + (sum >= capacity ? sum &- capacity : sum) &* header.pointee.stride
    }

    /// Adds a value; with `BPF_EXIST` at the cost of the oldest where there is no room.
    static func push(_ map: UnsafeMutableRawPointer, _ value: UnsafeRawPointer, _ flags: UInt64) -> Int64 {
        let mode = UpdateMode(rawValue: flags)
        guard mode == .any || mode == .exist else { return Errno.invalid.returned }
        unsafe WriterLock.lock(map)
        defer { unsafe WriterLock.unlock(map) }
        let count = unsafe MapHeader.count(map)
        var used = unsafe count.pointee.load(ordering: .relaxed)
        if unsafe used == MapHeader.at(map).pointee.capacity {
            guard mode == .exist else { return Errno.tooBig.returned }
            unsafe dropFirst(map)
            used &-= 1
        }
        unsafe self.value(map, at: used).copyMemory(from: value, byteCount: MapHeader.at(map).pointee.valueSize)
        unsafe count.pointee.store(used &+ 1, ordering: .relaxed)
        return 0
    }

    /// Copies a value out, the last one in or the first, and removes it unless it is to be kept; zeros where there is
    /// none, as in Linux.
    static func take(
        _ map: UnsafeMutableRawPointer, _ target: UnsafeMutableRawPointer, last: Bool, keep: Bool
    ) -> Int64 {
        unsafe WriterLock.lock(map)
        defer { unsafe WriterLock.unlock(map) }
        let size = unsafe MapHeader.at(map).pointee.valueSize
        let count = unsafe MapHeader.count(map)
        let used = unsafe count.pointee.load(ordering: .relaxed)
        guard used > 0 else {
            unsafe target.initializeMemory(as: UInt8.self, repeating: 0, count: size)
            return Errno.noEntry.returned
        }
        unsafe target.copyMemory(from: value(map, at: last ? used &- 1 : 0), byteCount: size)
        if keep { return 0 }
        if !last { unsafe dropFirst(map) }
        unsafe count.pointee.store(used &- 1, ordering: .relaxed)
        return 0
    }

    private static func dropFirst(_ map: UnsafeMutableRawPointer) {
        let header = unsafe at(map)
        let next = unsafe header.pointee.first &+ 1
        unsafe header.pointee.first = next == MapHeader.at(map).pointee.capacity ? 0 : next
    }
}
