import BPFModel

/// Makes programs shorter that show something, so that people can read why.
enum Reducer {
    /// The shortest program found, of those that leave out instructions, for which `shows` still holds.
    ///
    /// - Parameter attempts: how often to ask.
    static func reduce(
        _ slots: [RawInstruction], attempts: Int = 200, while shows: ([RawInstruction]) -> Bool
    ) -> [RawInstruction] {
        var best = slots
        var attempts = attempts
        var length = max(1, slots.count / 2)
        while true {
            let before = best.count
            var start = best.count - 1
            while start >= 0 {
                guard attempts > 0 else { return best }
                attempts -= 1
                if let shorter = removing(length, from: start, of: best), shows(shorter) { best = shorter }
                start -= length
                start = min(start, best.count - 1)
            }
            if length > 1 { length /= 2 } else if best.count == before { return best }
        }
    }

    /// The program without some instructions from a slot on; jumps lead where they led, or to what follows.
    static func removing(_ count: Int, from start: Int, of slots: [RawInstruction]) -> [RawInstruction]? {
        var end = start
        for _ in 0..<count where end < slots.count { end += slots[end].opcode == 0x18 ? 2 : 1 }
        // In the middle of a 64-bit immediate load there is no instruction.
        guard end <= slots.count, start == 0 || slots[start - 1].opcode != 0x18 || slots[start].opcode != 0 else {
            return nil
        }
        func moved(_ slot: Int) -> Int { slot <= start ? slot : max(start, slot - (end - start)) }
        var result: [RawInstruction] = []
        var index = 0
        while index < slots.count {
            var slot = slots[index]
            let isWide = slot.opcode == 0x18
            if index < start || index >= end {
                slot.retarget { moved(index + 1 + $0) - moved(index) - 1 }
                result.append(slot)
                if isWide, index + 1 < slots.count { result.append(slots[index + 1]) }
            }
            index += isWide ? 2 : 1
        }
        return result
    }
}

extension RawInstruction {
    /// Changes the offset that control may continue at, where there is one.
    fileprivate mutating func retarget(_ change: (Int) -> Int) {
        switch opcode {
        // exit, and calls: only those of the program's own functions.
        case 0x95: break
        case 0x85: if source == 1 { immediate = Int32(truncatingIfNeeded: change(Int(immediate))) }
        case 0x06: immediate = Int32(truncatingIfNeeded: change(Int(immediate)))
        // The address of a function.
        case 0x18: if source == 4 { immediate = Int32(truncatingIfNeeded: change(Int(immediate))) }
        default: if [5, 6].contains(opcode & 7) { offset = Int16(truncatingIfNeeded: change(Int(offset))) }
        }
    }
}
