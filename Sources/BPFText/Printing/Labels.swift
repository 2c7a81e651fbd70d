import BPFModel

/// Names for the places a program jumps to.
enum Labels {
    /// The label of each slot that is a target: `f1` and so on for functions, `l1` and so on for the rest.
    static func named(in code: InstructionSequence) -> [Int: String] {
        var functions: Set<Int> = []
        var places: Set<Int> = []
        for (index, instruction) in code.enumerated() {
            let slot = code.slot(of: index)
            if let offset = instruction.jumpOffset { places.insert(slot + 1 + Int(offset)) }
            if let offset = functionOffset(instruction) { functions.insert(slot + 1 + Int(offset)) }
        }
        var labels: [Int: String] = [:]
        for (prefix, slots) in [("f", functions), ("l", places.subtracting(functions))] {
            let usable = slots.filter { $0 == code.slotCount || code.index(atSlot: $0) != nil }
            for (number, slot) in usable.sorted().enumerated() { labels[slot] = "\(prefix)\(number + 1)" }
        }
        return labels
    }

    private static func functionOffset(_ instruction: Instruction) -> Int32? {
        switch instruction {
        case .call(.local(let offset)), .loadWide(_, .function(let offset)): offset
        case .alu, .negate, .moveSignExtended, .byteSwap, .load, .store, .atomic, .loadAcquire, .storeRelease,
            .loadWide, .loadPacket, .jump, .longJump, .branch, .call, .exit:
            nil
        }
    }
}
