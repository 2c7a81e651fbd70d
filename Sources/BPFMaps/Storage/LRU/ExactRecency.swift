import Synchronization

/// The entries of an LRU map in the order of their last use: a heap, the least recent on top.
///
/// Lookups only note the number of the use at the entry, without a lock; what the heap knows of an entry may be older.
/// So the top is looked at again before it is dropped, and goes down where it was used since. All under the map's lock.
@unsafe struct ExactRecency {
    private struct Item {
        var use: UInt64
        var index: UInt32
    }

    /// The heap, and for each slot of the table where in it its item is.
    private let items: UnsafeMutablePointer<Item>
    private let places: UnsafeMutablePointer<UInt32>
    private var count = 0

    /// The bytes it needs for a number of entries and slots.
    static func bytes(entries: Int, slots: Int) -> Int {
        entries * MemoryLayout<Item>.stride + (slots + 1) * MemoryLayout<UInt32>.stride
    }

    init(at memory: UnsafeMutableRawPointer, entries: Int) {
        unsafe items = memory.assumingMemoryBound(to: Item.self)
        unsafe places = (memory + entries * MemoryLayout<Item>.stride).assumingMemoryBound(to: UInt32.self)
    }

    /// The slot whose last use is longest ago, given how to read the number of a slot's last use.
    mutating func leastRecent(_ lastUse: (Int) -> UInt64) -> Int? {
        while unsafe count > 0 {
            let top = unsafe items[0]
            let use = lastUse(Int(top.index))
            if use <= top.use { return Int(top.index) }
            unsafe items[0].use = use
            unsafe sink(0)
        }
        return nil
    }

    /// Adds a slot.
    mutating func insert(_ index: Int, use: UInt64) {
        unsafe items[count] = Item(use: use, index: UInt32(truncatingIfNeeded: index))
        unsafe places[index] = UInt32(truncatingIfNeeded: count)
        unsafe count &+= 1
        unsafe rise(count &- 1)
    }

    /// Removes a slot.
    mutating func remove(_ index: Int) {
        let place = unsafe Int(places[index])
        unsafe count &-= 1
        if unsafe place == count { return }
        unsafe put(items[count], at: place)
        unsafe rise(place)
        unsafe sink(place)
    }

    private func put(_ item: Item, at place: Int) {
        unsafe items[place] = item
        unsafe places[Int(item.index)] = UInt32(truncatingIfNeeded: place)
    }

    private func rise(_ start: Int) {
        var place = start
        let item = unsafe items[place]
        while place > 0 {
            let parent = (place &- 1) / 2
            if unsafe items[parent].use <= item.use { break }
            unsafe put(items[parent], at: place)
            place = parent
        }
        unsafe put(item, at: place)
    }

    private func sink(_ start: Int) {
        var place = start
        let item = unsafe items[place]
        while true {
            var child = place &* 2 &+ 1
            if unsafe child >= count { break }
            if unsafe child &+ 1 < count, unsafe items[child &+ 1].use < items[child].use { child &+= 1 }
            if unsafe items[child].use >= item.use { break }
            unsafe put(items[child], at: place)
            place = child
        }
        unsafe put(item, at: place)
    }
}
