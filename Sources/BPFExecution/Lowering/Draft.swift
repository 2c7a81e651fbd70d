/// An operation before its place is known: where it jumps is still an instruction.
struct Draft {
    var operation: Operation
    /// The instruction it came from; the first of them where several were fused.
    var instruction: Int
    /// The instruction it jumps to.
    var target: Int?
    /// Whether a function begins at the target.
    var entersFunction = false
    /// Whether it belongs to the call of a function, not to its first instruction: jumps back there go behind it.
    var isEntry = false
}

extension [Draft] {
    /// The index of the first draft of an instruction, or of the next one that has any.
    ///
    /// - Parameter entering: whether a function begins there, rather than being gone on with.
    func firstPlace(of instruction: Int, entering: Bool = false) -> Int {
        var low = 0
        var high = count
        while low < high {
            let middle = (low + high) / 2
            if self[middle].instruction < instruction { low = middle + 1 } else { high = middle }
        }
        while !entering, low < count, self[low].isEntry { low += 1 }
        return Swift.min(low, count - 1)
    }

    /// Where a jump to an instruction ends up: the first place there that isn't itself a jump.
    func lastPlace(of instruction: Int) -> Int {
        var place = firstPlace(of: instruction)
        var steps = 0
        while self[place].operation.code == .jump, let target = self[place].target, steps < 16 {
            place = firstPlace(of: target)
            steps += 1
        }
        return place
    }
}
