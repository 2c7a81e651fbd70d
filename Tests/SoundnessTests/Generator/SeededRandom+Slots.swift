import BPFModel
import TestKit

extension SeededRandom {
    /// Changes one field of a program's slots a little, swaps two of them, or repeats one.
    mutating func mutate(_ slots: inout [RawInstruction]) {
        guard !slots.isEmpty else { return }
        let at = Int.random(in: 0..<slots.count, using: &self)
        switch Int.random(in: 0..<10, using: &self) {
        case 0: slots[at].immediate &+= pick([1, -1, 2, -2, 4, 8, -8])
        case 1: slots[at].immediate = pick(BlockGenerator.edges)
        case 2: slots[at].offset &+= pick([1, -1, 2, -2, 4, -4, 8, -8])
        case 3: slots[at].destination = UInt8.random(in: 0...9, using: &self)
        case 4: slots[at].source = UInt8.random(in: 0...9, using: &self)
        // The operation or comparison.
        case 5: slots[at].opcode = slots[at].opcode & 0x0f | UInt8.random(in: 0...15, using: &self) << 4
        // 32 or 64 bits, or the size of an access.
        case 6: slots[at].opcode ^= pick([0x03, 0x08, 0x10, 0x18])
        case 7: slots.swapAt(at, Int.random(in: 0..<slots.count, using: &self))
        case 8: slots[at] = pick(slots)
        default: slots[at].opcode ^= 1 << UInt8.random(in: 0..<8, using: &self)
        }
    }
}
