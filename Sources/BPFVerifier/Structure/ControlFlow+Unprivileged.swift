import BPFModel

extension ControlFlow {
    /// Programs of unprivileged loaders only go forward, in one function, as in Linux.
    ///
    /// - Throws: ``Failure/Located`` at the first call, or at a jump back that closes a loop.
    func requireNoCallsAndLoops(_ code: InstructionSequence) throws(Failure.Located) {
        for (index, instruction) in code.enumerated() {
            if case .call(.local) = instruction { throw Failure.unprivilegedCall.at(index) }
            if case .loadWide(_, .function) = instruction { throw Failure.functionAddress.at(index) }
        }
        if let index = loop(code) { throw Failure.unprivilegedLoop.at(index) }
    }

    /// An instruction from which control can go back to one on the way to it; nil where there is none.
    private func loop(_ code: InstructionSequence) -> Int? {
        enum Visit { case never, onTheWay, done }
        var visits = [Visit](repeating: .never, count: code.count)
        var way: [(index: Int, next: [Int])] = []
        func enter(_ index: Int) {
            visits[index] = .onTheWay
            way.append((index, successors(of: index, code)))
        }
        enter(0)
        while let (index, next) = way.last {
            guard let following = next.last else {
                visits[index] = .done
                way.removeLast()
                continue
            }
            way[way.count - 1].next.removeLast()
            switch visits[following] {
            case .never: enter(following)
            case .onTheWay: return index
            case .done: break
            }
        }
        return nil
    }

    private func successors(of index: Int, _ code: InstructionSequence) -> [Int] {
        var result: [Int] = []
        if code[index].fallsThrough, index + 1 < code.count { result.append(index + 1) }
        if code[index].jumpOffset != nil, targets[index] >= 0 { result.append(Int(targets[index])) }
        return result
    }
}
