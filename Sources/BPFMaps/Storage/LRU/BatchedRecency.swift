import Synchronization

/// The entries of an LRU map as Linux keeps them, with what that does to small maps.
///
/// Each entry has a node, in one of three lists that workers share: active, inactive, free; or in one of its worker's
/// two: free, and pending, for what the worker took lately. A worker that has no free node left takes as many as
/// ``target`` at once, from the shared free list, else by dropping inactive entries that were not used since they were
/// last looked at; the rest of what it took stays with it. So up to ``target`` entries' room for each worker lies idle.
/// With `BPF_F_NO_COMMON_LRU` each worker has a share of the nodes and shared lists of its own. All under the map's
/// lock.
@unsafe struct BatchedRecency {
    /// Where a node is.
    enum List: UInt8 {
        case active, inactive, free, ownFree, ownPending
    }

    struct Node {
        var next: UInt32
        var previous: UInt32
        /// The slot of the table with the node's entry; 0 where it has none.
        var slot: UInt32 = 0
        var worker: UInt16 = 0
        var list = List.free
    }

    /// The state of one set of shared lists.
    struct Shared {
        var active = 0
        var inactive = 0
        /// Where the next look at the inactive nodes begins.
        var rotation: UInt32
    }

    /// The most nodes a worker takes at once where lists are shared, and how many are looked at.
    static var commonTarget: Int { 128 }
    /// The same where each worker has its own.
    static var ownTarget: Int { 4 }

    let header: UnsafeMutablePointer<HashHeader>
    let nodes: UnsafeMutablePointer<Node>
    private let shared: UnsafeMutablePointer<Shared>
    /// Whose nodes each worker takes next when it finds none.
    private let victims: UnsafeMutablePointer<UInt32>
    let count: Int
    let workers: Int
    /// Whether workers share the lists.
    let isCommon: Bool
    let target: Int
    let scans: Int

    /// How many nodes there are: where each worker has its own, as many for each.
    static func nodeCount(_ entries: Int, workers: Int, isCommon: Bool) -> Int {
        isCommon ? entries : (entries + workers - 1) / workers * workers
    }

    private static func links(_ count: Int, _ workers: Int, _ isCommon: Bool) -> Int {
        count + (isCommon ? 3 + 2 * workers : 3 * workers)
    }

    /// The bytes it needs.
    static func bytes(count: Int, workers: Int, isCommon: Bool) -> Int {
        unsafe links(count, workers, isCommon) * MemoryLayout<Node>.stride
            + workers * (MemoryLayout<Shared>.stride + MemoryLayout<UInt32>.stride)
    }

    init(
        at memory: UnsafeMutableRawPointer, _ header: UnsafeMutablePointer<HashHeader>, count: Int, workers: Int,
        isCommon: Bool
    ) {
        unsafe self.header = unsafe header
        unsafe self.count = count
        unsafe self.workers = workers
        unsafe self.isCommon = isCommon
        let links = unsafe Self.links(count, workers, isCommon)
        unsafe nodes = memory.assumingMemoryBound(to: Node.self)
        let behind = unsafe memory + links * MemoryLayout<Node>.stride
        unsafe shared = behind.assumingMemoryBound(to: Shared.self)
        unsafe victims = (behind + workers * MemoryLayout<Shared>.stride).assumingMemoryBound(to: UInt32.self)
        unsafe target = isCommon ? min(max(count / workers / 2, 1), Self.commonTarget) : Self.ownTarget
        unsafe scans = isCommon ? Self.commonTarget : Self.ownTarget
        for head in count..<links {
            let number = UInt32(truncatingIfNeeded: head)
            unsafe nodes[head] = Node(next: number, previous: number)
        }
        for worker in 0..<workers {
            let start = unsafe head(.inactive, isCommon ? 0 : worker)
            unsafe shared[worker] = Shared(rotation: start)
            unsafe victims[worker] = UInt32(truncatingIfNeeded: worker)
        }
        for node in 0..<count {
            let worker = isCommon ? 0 : node / (count / workers)
            unsafe nodes[node] = Node(next: 0, previous: 0, worker: UInt16(truncatingIfNeeded: worker))
            unsafe link(UInt32(truncatingIfNeeded: node), to: head(.free, worker))
        }
    }

    // MARK: Links

    /// The head of a list: of the shared ones by set, of the workers' own by worker.
    func head(_ list: List, _ owner: Int) -> UInt32 {
        let place =
            switch list {
            case .active, .inactive, .free: owner * 3 + Int(list.rawValue)
            case .ownFree: 3 + owner * 2
            case .ownPending: 4 + owner * 2
            }
        return unsafe UInt32(truncatingIfNeeded: count + place)
    }

    /// The first node of a list, or nil.
    func first(_ head: UInt32) -> UInt32? {
        let node = unsafe nodes[Int(head)].next
        return node == head ? nil : node
    }

    private func link(_ node: UInt32, to head: UInt32) {
        let next = unsafe nodes[Int(head)].next
        unsafe nodes[Int(node)].next = next
        unsafe nodes[Int(node)].previous = head
        unsafe nodes[Int(next)].previous = node
        unsafe nodes[Int(head)].next = node
    }

    private func unlink(_ node: UInt32) {
        let next = unsafe nodes[Int(node)].next
        let previous = unsafe nodes[Int(node)].previous
        unsafe nodes[Int(next)].previous = previous
        unsafe nodes[Int(previous)].next = next
    }

    // MARK: Use

    /// Whether a node's entry was used since that was last asked.
    private func isUsed(_ node: UInt32) -> Bool {
        let slot = unsafe Int(nodes[Int(node)].slot)
        return unsafe slot != 0 && UseWord.half(UseWord.of(slot, header)).pointee.load(ordering: .relaxed) != 0
    }

    private func forgetUse(_ node: UInt32) {
        let slot = unsafe Int(nodes[Int(node)].slot)
        if slot != 0 { unsafe UseWord.half(UseWord.of(slot, header)).pointee.store(0, ordering: .relaxed) }
    }

    // MARK: Moves

    private func uncount(_ node: UInt32, _ set: Int) {
        switch unsafe nodes[Int(node)].list {
        case .active: unsafe shared[set].active &-= 1
        case .inactive: unsafe shared[set].inactive &-= 1
        case .free, .ownFree, .ownPending: break
        }
        if unsafe shared[set].rotation == node { unsafe shared[set].rotation = nodes[Int(node)].previous }
    }

    /// Moves a node to the head of a shared list, as one that was not used.
    private func move(_ node: UInt32, to list: List, _ set: Int) {
        unsafe uncount(node, set)
        switch list {
        case .active: unsafe shared[set].active &+= 1
        case .inactive: unsafe shared[set].inactive &+= 1
        case .free, .ownFree, .ownPending: break
        }
        unsafe nodes[Int(node)].list = list
        unsafe forgetUse(node)
        unsafe unlink(node)
        unsafe link(node, to: head(list, set))
    }

    /// Moves a node, whose entry is gone, to a free list: the shared one or a worker's.
    private func release(_ node: UInt32, _ set: Int, toWorker worker: Int?) {
        unsafe uncount(node, set)
        unsafe unlink(node)
        if let worker {
            unsafe nodes[Int(node)].list = .ownFree
            unsafe link(node, to: head(.ownFree, worker))
        } else {
            unsafe nodes[Int(node)].list = .free
            unsafe link(node, to: head(.free, set))
        }
    }
}

// MARK: Looking at nodes

extension BatchedRecency {
    /// Looks at some active nodes where inactive ones are few, and at some inactive ones.
    private func rotate(_ set: Int) {
        if unsafe shared[set].inactive < shared[set].active { unsafe rotateActive(set) }
        unsafe rotateInactive(set)
    }

    private func rotateActive(_ set: Int) {
        let head = unsafe head(.active, set)
        let newest = unsafe nodes[Int(head)].next
        var node = unsafe nodes[Int(head)].previous
        var looked = 0
        while node != head {
            let previous = unsafe nodes[Int(node)].previous
            unsafe move(node, to: isUsed(node) ? .active : .inactive, set)
            looked &+= 1
            if unsafe looked == scans || node == newest { return }
            node = previous
        }
    }

    private func rotateInactive(_ set: Int) {
        let head = unsafe head(.inactive, set)
        guard unsafe first(head) != nil else { return }
        var last = unsafe nodes[Int(shared[set].rotation)].next
        if last == head { last = unsafe nodes[Int(last)].next }
        var node = unsafe shared[set].rotation
        var next = node
        var looked = 0
        while unsafe looked < scans {
            if node == head {
                node = unsafe nodes[Int(node)].previous
                continue
            }
            next = unsafe nodes[Int(node)].previous
            if unsafe isUsed(node) { unsafe move(node, to: .active, set) }
            if node == last { break }
            node = next
            looked &+= 1
        }
        unsafe shared[set].rotation = next
    }

    /// Drops inactive entries that were not used, at most `wanted`; where there is none, the oldest one whatsoever.
    private func shrink(_ set: Int, _ wanted: Int, toWorker worker: Int?) {
        let head = unsafe head(.inactive, set)
        var node = unsafe nodes[Int(head)].previous
        var looked = 0
        var dropped = 0
        while unsafe node != head && looked < scans {
            let previous = unsafe nodes[Int(node)].previous
            if unsafe isUsed(node) {
                unsafe move(node, to: .active, set)
            } else {
                unsafe dropEntry(node)
                unsafe release(node, set, toWorker: worker)
                dropped &+= 1
                if dropped == wanted { return }
            }
            node = previous
            looked &+= 1
        }
        if dropped > 0 { return }
        let list: List = unsafe first(head) == nil ? .active : .inactive
        let oldest = unsafe nodes[Int(self.head(list, set))].previous
        guard unsafe oldest != self.head(list, set) else { return }
        unsafe dropEntry(oldest)
        unsafe release(oldest, set, toWorker: worker)
    }

    private func dropEntry(_ node: UInt32) {
        let slot = unsafe Int(nodes[Int(node)].slot)
        unsafe nodes[Int(node)].slot = 0
        if slot != 0 { unsafe LRUTable.drop(slot, header) }
    }
}

// MARK: Taking and giving nodes

extension BatchedRecency {
    /// A node for an entry that a worker makes, dropping entries where none is free; nil where all are being made.
    func take(_ worker: Int) -> UInt32? {
        let worker = unsafe worker % workers
        return unsafe isCommon ? takeCommon(worker) : takeOwn(worker)
    }

    private func takeOwn(_ worker: Int) -> UInt32? {
        unsafe rotate(worker)
        if unsafe first(head(.free, worker)) == nil {
            unsafe shrink(worker, Self.ownTarget, toWorker: nil)
        }
        guard let node = unsafe first(head(.free, worker)) else { return nil }
        unsafe move(node, to: .inactive, worker)
        return node
    }

    private func takeCommon(_ worker: Int) -> UInt32? {
        if unsafe first(head(.ownFree, worker)) == nil { unsafe refill(worker) }
        if let node = unsafe first(head(.ownFree, worker)) { return unsafe pending(node, worker) }
        var victim = unsafe Int(victims[worker])
        let start = victim
        repeat {
            let node = unsafe first(head(.ownFree, victim)) ?? takePending(victim)
            victim = unsafe (victim + 1) % workers
            if let node {
                unsafe victims[worker] = UInt32(truncatingIfNeeded: victim)
                return unsafe pending(node, worker)
            }
        } while victim != start
        return nil
    }

    /// Puts a worker's pending nodes on the shared lists, and takes free ones from there.
    private func refill(_ worker: Int) {
        let pending = unsafe head(.ownPending, worker)
        while unsafe nodes[Int(pending)].previous != pending {
            let node = unsafe nodes[Int(pending)].previous
            unsafe move(node, to: isUsed(node) ? .active : .inactive, 0)
        }
        unsafe rotate(0)
        var taken = 0
        while unsafe taken < target, let node = unsafe first(head(.free, 0)) {
            unsafe release(node, 0, toWorker: worker)
            taken &+= 1
        }
        if unsafe taken < target { unsafe shrink(0, target &- taken, toWorker: worker) }
    }

    /// A pending node of a worker whose entry is dropped: the oldest that was not used, or else the oldest.
    private func takePending(_ worker: Int) -> UInt32? {
        let head = unsafe head(.ownPending, worker)
        let oldest = unsafe nodes[Int(head)].previous
        var node = oldest
        while unsafe node != head && isUsed(node) { node = unsafe nodes[Int(node)].previous }
        if node == head { node = oldest }
        if node == head { return nil }
        unsafe dropEntry(node)
        return node
    }

    private func pending(_ node: UInt32, _ worker: Int) -> UInt32 {
        unsafe nodes[Int(node)].list = .ownPending
        unsafe nodes[Int(node)].worker = UInt16(truncatingIfNeeded: worker)
        unsafe unlink(node)
        unsafe link(node, to: head(.ownPending, worker))
        return node
    }

    /// Gives a node back whose entry is gone, or was never made.
    func give(_ node: UInt32) {
        unsafe nodes[Int(node)].slot = 0
        let worker = unsafe Int(nodes[Int(node)].worker)
        switch unsafe nodes[Int(node)].list {
        case .ownPending:
            unsafe release(node, 0, toWorker: worker)
        case .active, .inactive, .free, .ownFree:
            unsafe move(node, to: .free, isCommon ? 0 : worker)
        }
    }
}
