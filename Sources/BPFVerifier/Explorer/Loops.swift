/// The loops of helpers that call back, as far as their proof isn't at its end.
///
/// A turn that brings nothing new ends at the call it came from, or at a state on the way of an earlier turn. What the
/// proof relies on from there it relies on here too, but all of it is only known when the loop's proof has ended.
struct Loops {
    /// The end of a turn.
    private struct Turn {
        /// What the numbers of its state were computed from.
        let origins: Origins
        /// The last checkpoint on its path.
        let checkpoint: Int32
        /// The checkpoint that covers it.
        let cover: Int32
    }

    private var turns: [Turn] = []
    /// The checkpoints on the ways of these turns.
    private var members: [Int32] = []
    /// The calls that turns came back to.
    private var entries: Set<Int32> = []

    /// A path ends at a checkpoint of a loop: all on its way are part of the loop.
    mutating func close(
        _ state: MachineState, from checkpoint: Int32, to cover: Int32, _ checkpoints: inout Checkpoints
    ) {
        turns.append(Turn(origins: Origins(state), checkpoint: checkpoint, cover: cover))
        if checkpoints.items[Int(cover)].openPaths > 0 { entries.insert(cover) }
        var way: [Int32] = []
        var length = 0
        var cursor = checkpoint
        while cursor >= 0 {
            way.append(cursor)
            if entries.contains(cursor) { length = way.count }
            cursor = checkpoints.items[Int(cursor)].parent
        }
        for member in way.prefix(length) where !checkpoints.items[Int(member)].isInLoop {
            checkpoints[member].isInLoop = true
            members.append(member)
        }
    }

    /// Where the proof of every loop has ended, tells all of its checkpoints what it relied on.
    mutating func settle(_ checkpoints: inout Checkpoints) {
        guard !turns.isEmpty, entries.allSatisfy({ checkpoints.items[Int($0)].openPaths == 0 }) else { return }
        var changes = true
        while changes {
            changes = false
            for turn in turns {
                let wanted = turn.origins[checkpoints.items[Int(turn.cover)].precise]
                if checkpoints.rely(on: wanted, from: turn.checkpoint) { changes = true }
            }
        }
        for member in members { checkpoints[member].isInLoop = false }
        self = Loops()
    }
}
