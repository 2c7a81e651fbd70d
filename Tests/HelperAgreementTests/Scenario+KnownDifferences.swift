import BPFModel

extension Scenario {
    /// Why the engines differ from the kernel on purpose; nil where they shouldn't.
    func knownDifference(_ found: Observation, _ expected: Observation) -> String? {
        if let step = found.firstDifference(from: expected), isLeftover(step, in: expected) {
            return "the kernel takes a leftover number for the transport header"
        }
        return showsLeftovers(expected) ? "the kernel shows leftover memory behind a packet's end" : nil
    }

    /// Whether a difference at a step is the kernel's own: it takes a leftover number for the transport header.
    ///
    /// A test run's packet has none. Where its memory is moved, because the room in front of it runs out, the mark that
    /// says so is moved too, and becomes a number: then `bpf_skb_change_tail` refuses to cut the packet there.
    /// Packets from a network have a transport header when programs see them.
    private func isLeftover(_ step: Int, in expected: Observation) -> Bool {
        guard case .call(.changeTail, _) = steps[step] else { return false }
        var grown = 0
        var length = packet.count
        for earlier in 0..<step {
            let now = expected.capturedLength(after: earlier)
            if steps[earlier].movesStart { grown += max(0, now - length) }
            length = now
        }
        return grown > 64
    }
}

extension Scenario {
    /// Whether a step lets the kernel show leftover memory in the packet, where the engines have zeros.
    ///
    /// `bpf_skb_adjust_room` makes room behind the network header, even if the packet ends before that.
    private func showsLeftovers(_ expected: Observation) -> Bool {
        var length = packet.count
        var link = 14
        for (index, step) in steps.enumerated() {
            let now = expected.capturedLength(after: index)
            if case .call(let helper, let numbers) = step, now > length {
                if helper == .changeHead { link += now - length }
                let network = expected.isIPv6(after: index) ? 40 : 20
                if helper == .adjustRoom, UInt32(truncatingIfNeeded: numbers[1]) == 0, length < link + network {
                    return true
                }
            }
            length = now
        }
        return false
    }
}

extension Scenario.Step {
    /// Whether the step may make the packet longer at its start.
    fileprivate var movesStart: Bool {
        guard case .call(let helper, _) = self else { return false }
        return [.changeHead, .adjustRoom, .changeProtocol, .pushVLAN].contains(helper)
    }
}
