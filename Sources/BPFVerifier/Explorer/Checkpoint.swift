/// A state that was met at an instruction where paths meet, kept for states that come there later.
struct Checkpoint {
    /// The state; its dependencies are counted from the parent.
    var state: MachineState
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
    /// The next checkpoint of the same instruction; -1 where there is none.
    var next: Int32
    /// Whether later states are still compared with it.
    var isListed = true
    var hits: Int32 = 0
    var misses: Int32 = 0

    /// Whether it failed to cover later states so often that it isn't worth keeping.
    var isUseless: Bool { misses > hits * 3 + 3 }
}
