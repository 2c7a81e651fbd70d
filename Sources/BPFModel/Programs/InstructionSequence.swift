/// The instructions of a program, with the slot each of them starts at.
///
/// Instructions are counted from 0, one by one; jumps count slots, of which a 64-bit immediate load has two. This
/// type converts between the two.
public struct InstructionSequence: Hashable, Sendable {
    private let instructions: [Instruction]
    /// The slot each instruction starts at, and past the end the total.
    private let starts: [Int32]

    /// Lays instructions out one after the other.
    public init(_ instructions: [Instruction]) {
        self.instructions = instructions
        var starts: [Int32] = []
        starts.reserveCapacity(instructions.count + 1)
        var slot: Int32 = 0
        for instruction in instructions {
            starts.append(slot)
            slot &+= Int32(instruction.slotCount)
        }
        starts.append(slot)
        self.starts = starts
    }

    /// Decodes a program from its bytes.
    ///
    /// - Throws: ``DecodeError`` naming the first slot that is no instruction.
    public init(decoding bytes: [UInt8]) throws(DecodeError) {
        try self.init(decoding: try RawInstruction.slots(of: bytes))
    }

    /// Decodes a program from its slots.
    ///
    /// - Throws: ``DecodeError`` naming the first slot that is no instruction.
    public init(decoding slots: [RawInstruction]) throws(DecodeError) {
        var instructions: [Instruction] = []
        instructions.reserveCapacity(slots.count)
        var index = 0
        while index < slots.count {
            let instruction = try Instruction(decoding: slots, at: index)
            instructions.append(instruction)
            index += instruction.slotCount
        }
        self.init(instructions)
    }

    /// How many slots the program has: 8 bytes each.
    public var slotCount: Int { Int(starts[instructions.count]) }

    /// The slot an instruction starts at; `count` gives the slot past the end.
    public func slot(of index: Int) -> Int { Int(starts[index]) }

    /// The instruction that starts at a slot, or nil where none does: outside the program, or the second slot of a
    /// 64-bit immediate load.
    public func index(atSlot slot: Int) -> Int? {
        var low = 0
        var high = instructions.count
        while low < high {
            let middle = (low + high) / 2
            if Int(starts[middle]) < slot { low = middle + 1 } else { high = middle }
        }
        return low < instructions.count && Int(starts[low]) == slot ? low : nil
    }

    /// The instruction that an offset in slots, counted from the instruction after `index`, leads to; nil where it
    /// leads to no instruction.
    public func target(of offset: Int32, from index: Int) -> Int? {
        self.index(atSlot: Int(starts[index + 1]) + Int(offset))
    }

    /// The program's slots.
    public var slots: [RawInstruction] { instructions.flatMap(\.slots) }

    /// The program's bytes, 8 a slot, little-endian.
    public var bytes: [UInt8] { slots.flatMap(\.bytes) }
}

extension InstructionSequence: RandomAccessCollection {
    /// The first instruction's index: 0.
    public var startIndex: Int { 0 }
    /// The number of instructions.
    public var endIndex: Int { instructions.count }
    /// An instruction by its index, which must be inside.
    public subscript(index: Int) -> Instruction { instructions[index] }
}

extension InstructionSequence: ExpressibleByArrayLiteral {
    /// Writes a program as a list of instructions.
    public init(arrayLiteral elements: Instruction...) { self.init(elements) }
}
