extension MachineState {
    /// Whether some byte of the stack was not written here that was written in another state with the same frames.
    func hasWrittenLess(than other: MachineState) -> Bool {
        frame.hasWrittenLess(than: other.frame)
            || zip(callers, other.callers).contains { $0.hasWrittenLess(than: $1) }
    }
}

extension Frame {
    fileprivate func hasWrittenLess(than other: Frame) -> Bool {
        other.stack.indices.contains { index in
            guard !other.stack[index].isEntirely(.uninitialized) else { return false }
            guard index < stack.count else { return true }
            return (0..<8).contains { byte in
                stack[index][byte] == .uninitialized && other.stack[index][byte] != .uninitialized
            }
        }
    }
}
