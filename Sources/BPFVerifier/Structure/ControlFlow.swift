import BPFModel

/// How control can go through a program: jump targets, functions, and where paths meet.
struct ControlFlow: Sendable {
    /// For each instruction, where it jumps to or calls; -1 where it does neither.
    private(set) var targets: [Int32]
    /// The first instruction of each function, in order; the main program's is 0.
    private(set) var functionStarts: [Int]
    /// For each instruction, whether several paths may meet there.
    private(set) var isMeetingPoint: [Bool]
    /// For each instruction, whether it calls a helper that calls a function of the program.
    private var isCallback: [Bool]
    /// Whether some jump leads backwards, so that there can be loops.
    private(set) var hasBackwardJumps = false

    /// Reads the jumps and calls of a program and checks where they lead.
    init(_ code: InstructionSequence) throws(Failure.Located) {
        targets = [Int32](repeating: -1, count: code.count)
        isMeetingPoint = [Bool](repeating: false, count: code.count)
        isCallback = code.map { $0.callback != nil }
        functionStarts = [0]
        try findFunctions(code)
        try findJumps(code)
        try requireEveryFunctionEnds(code)
        try requireEverythingReachable(code)
    }

    /// Whether a path can come to the same instruction twice.
    var mayRevisit: Bool { hasBackwardJumps || functionStarts.count > 1 }

    /// Whether helpers call functions of the program.
    var hasCallbacks: Bool { isCallback.contains(true) }

    /// Whether the instruction calls a helper that calls a function of the program.
    func callsBack(at index: Int) -> Bool { isCallback[index] }

    /// The function an instruction belongs to.
    func function(of index: Int) -> Int {
        var low = 0
        var high = functionStarts.count
        while high - low > 1 {
            let middle = (low + high) / 2
            if functionStarts[middle] <= index { low = middle } else { high = middle }
        }
        return low
    }

    /// The instructions of a function.
    func instructions(of function: Int, count: Int) -> Range<Int> {
        let end = function + 1 < functionStarts.count ? functionStarts[function + 1] : count
        return functionStarts[function]..<end
    }

    private mutating func findFunctions(_ code: InstructionSequence) throws(Failure.Located) {
        var starts: Set<Int> = [0]
        for (index, instruction) in code.enumerated() {
            let offset: Int32
            switch instruction {
            case .call(.local(let local)): offset = local
            // Counted from the load's second slot.
            case .loadWide(_, .function(let local)): offset = local &- 1
            case .call(.helper), .call(.platform), .alu, .negate, .moveSignExtended, .byteSwap, .load, .store, .atomic,
                .loadAcquire, .storeRelease, .loadWide, .loadPacket, .jump, .longJump, .branch, .exit:
                continue
            }
            guard let target = code.target(of: offset, from: index) else {
                throw Failure.callOutside(to: code.slot(of: index + 1) + Int(offset), of: code.slotCount).at(index)
            }
            targets[index] = Int32(target)
            starts.insert(target)
        }
        functionStarts = starts.sorted()
    }

    private mutating func findJumps(_ code: InstructionSequence) throws(Failure.Located) {
        for function in functionStarts.indices {
            let range = instructions(of: function, count: code.count)
            for index in range {
                if isCallback[index] { isMeetingPoint[index] = true }
                guard let offset = code[index].jumpOffset else {
                    if case .call(.local) = code[index], index + 1 < code.count { isMeetingPoint[index + 1] = true }
                    continue
                }
                guard let target = code.target(of: offset, from: index) else {
                    throw Failure.jump(to: code.slot(of: index + 1) + Int(offset), of: code.slotCount).at(index)
                }
                guard range.contains(target) else {
                    let start = functionStarts[self.function(of: target)]
                    throw Failure.jumpToOtherFunction(target, startingAt: start).at(index)
                }
                targets[index] = Int32(target)
                isMeetingPoint[target] = true
                if target <= index { hasBackwardJumps = true }
            }
        }
    }

    private func requireEveryFunctionEnds(_ code: InstructionSequence) throws(Failure.Located) {
        for function in functionStarts.indices {
            let last = instructions(of: function, count: code.count).upperBound - 1
            switch code[last] {
            case .exit, .jump, .longJump: break
            case .alu, .negate, .moveSignExtended, .byteSwap, .load, .store, .atomic, .loadAcquire, .storeRelease,
                .loadWide, .loadPacket, .branch, .call:
                throw Failure.fallsOffEnd.at(last)
            }
        }
    }

    private func requireEverythingReachable(_ code: InstructionSequence) throws(Failure.Located) {
        var reached = [Bool](repeating: false, count: code.count)
        var pending = [0]
        while let start = pending.popLast() {
            var index = start
            while !reached[index] {
                reached[index] = true
                if targets[index] >= 0 { pending.append(Int(targets[index])) }
                if code[index].fallsThrough { index += 1 }
            }
        }
        if let index = reached.firstIndex(of: false) { throw Failure.unreachable.at(index) }
    }
}
