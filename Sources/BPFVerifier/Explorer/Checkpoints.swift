/// All checkpoints that are worth keeping, by the instruction they belong to.
struct Checkpoints {
    private(set) var items: [Checkpoint] = []
    /// For each instruction, its newest checkpoint; -1 where there is none.
    private var heads: [Int32] = []
    private var free: [Int32] = []
    /// The registers and slots in the states that are compared.
    private(set) var size = 0

    /// Whether places are used again; not where loops may refer to them.
    private var reusesPlaces = true

    mutating func reserve(count: Int, reusesPlaces: Bool) {
        heads = [Int32](repeating: -1, count: count)
        self.reusesPlaces = reusesPlaces
    }

    /// How many there are.
    var count: Int { items.count - free.count }

    func first(at index: Int) -> Int32 { heads[index] }

    subscript(cursor: Int32) -> Checkpoint {
        get { items[Int(cursor)] }
        _modify { yield &items[Int(cursor)] }
    }

    mutating func add(_ state: MachineState, at index: Int, parent: Int32) -> Int32 {
        let item = Checkpoint(state: state, index: Int32(index), parent: parent, next: heads[index])
        let cursor: Int32
        if let slot = free.popLast() {
            cursor = slot
            items[Int(slot)] = item
        } else {
            cursor = Int32(items.count)
            items.append(item)
        }
        heads[index] = cursor
        size += state.size
        return cursor
    }

    /// Takes a checkpoint off the list of its instruction; its place is free once no path from it is open.
    mutating func unlink(_ cursor: Int32, after previous: Int32, at index: Int) {
        let next = items[Int(cursor)].next
        if previous >= 0 { items[Int(previous)].next = next } else { heads[index] = next }
        size -= items[Int(cursor)].state.size
        items[Int(cursor)].unlist(keepingOrigins: !reusesPlaces)
        if items[Int(cursor)].openPaths == 0, reusesPlaces { free.append(cursor) }
    }

    mutating func addPath(_ cursor: Int32) {
        if cursor >= 0 { items[Int(cursor)].openPaths += 1 }
    }

    /// A path from a checkpoint has come to its end; where it was the last one, so has one of the parent's.
    mutating func endPath(_ start: Int32) {
        var cursor = start
        while cursor >= 0 {
            items[Int(cursor)].openPaths -= 1
            guard items[Int(cursor)].openPaths == 0 else { return }
            if !items[Int(cursor)].isListed, reusesPlaces { free.append(cursor) }
            cursor = items[Int(cursor)].parent
        }
    }

    /// Remembers, back to the first checkpoint that matters, that the proof relies on numbers.
    ///
    /// - Returns: whether any of them learns something by that.
    @discardableResult
    mutating func rely(on dependencies: Dependencies, from start: Int32) -> Bool {
        var wanted = dependencies
        var cursor = start
        while cursor >= 0 && !wanted.isEmpty {
            let fresh = wanted.subtracting(items[Int(cursor)].precise)
            guard !fresh.isEmpty else { return cursor != start }
            items[Int(cursor)].precise.formUnion(fresh)
            wanted = items[Int(cursor)].dependencies(of: fresh)
            cursor = items[Int(cursor)].parent
        }
        return cursor != start
    }
}
