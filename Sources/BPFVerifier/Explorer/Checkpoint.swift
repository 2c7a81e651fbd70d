/// A state that was met at an instruction where paths meet, kept for states that come there later.
struct Checkpoint {
    /// The state, while later ones are compared with it; its dependencies are counted from the parent.
    private(set) var state: MachineState
    /// What its numbers were computed from, once it is no longer compared.
    private var origins = Origins.none
    /// The instruction.
    let index: Int32
    /// The last checkpoint on the way here; -1 where there is none.
    let parent: Int32
    /// How many paths from here are not yet at their end.
    ///
    /// Only a checkpoint without any can cover a later state.
    var openPaths: Int32 = 1
    /// What the proof from here relied on.
    var precise = Dependencies.none
    /// Whether a path from here came back into a loop that isn't proved yet: then ``precise`` says too little, and only
    /// a state that lies within this one with all its numbers is covered.
    var isInLoop = false
    /// The next checkpoint of the same instruction; -1 where there is none.
    var next: Int32
    /// Whether later states are still compared with it.
    private(set) var isListed = true
    var hits: Int32 = 0
    var misses: Int32 = 0

    init(state: MachineState, index: Int32, parent: Int32, next: Int32) {
        self.state = state
        self.index = index
        self.parent = parent
        self.next = next
    }

    /// Lets go of the state, of which there may be thousands, each of some kilobytes.
    ///
    /// - Parameter keepingOrigins: whether loops may ask where its numbers come from, even if no path from it is open.
    mutating func unlist(keepingOrigins: Bool) {
        if openPaths > 0 || keepingOrigins { origins = Origins(state) }
        state = .forgotten
        isListed = false
    }

    /// What the given registers and slots were computed from.
    func dependencies(of members: Dependencies) -> Dependencies {
        isListed ? state.dependencies(of: members) : origins[members]
    }

    /// Whether it failed to cover later states so often that it isn't worth keeping.
    var isUseless: Bool { misses > hits * 3 + 3 }
}
