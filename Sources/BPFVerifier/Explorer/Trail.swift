/// The branches that led to where the explorer is, kept as a tree that the waiting paths share.
struct Trail {
    private struct Node {
        let index: Int32
        let parent: Int32
        let taken: Bool
    }

    private var nodes: [Node] = []
    /// The last branch on the current path; -1 where there was none.
    var last: Int32 = -1

    /// Adds a branch after another one and returns its number.
    mutating func node(_ index: Int, _ taken: Bool, after parent: Int32) -> Int32 {
        nodes.append(Node(index: Int32(index), parent: parent, taken: taken))
        return Int32(nodes.count - 1)
    }

    /// The branches of the current path, first to last.
    var steps: [VerifierRejection.Step] {
        var steps: [VerifierRejection.Step] = []
        var cursor = last
        while cursor >= 0 {
            let node = nodes[Int(cursor)]
            steps.append(VerifierRejection.Step(index: Int(node.index), taken: node.taken))
            cursor = node.parent
        }
        return steps.reversed()
    }
}
