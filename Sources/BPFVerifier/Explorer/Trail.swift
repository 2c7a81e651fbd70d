/// The branches that led to where the explorer is, kept as a tree that the waiting paths share.
///
/// Only branches that could go both ways are in it: the program decides about the others.
struct Trail {
    private struct Node {
        let index: Int32
        let parent: Int32
        /// How many instructions the path has gone over, with this one.
        let length: Int32
        let taken: Bool
    }

    private var nodes: [Node] = []
    /// The last branch on the current path; -1 where there was none.
    private(set) var last: Int32 = -1
    /// How many instructions all paths together had gone over when this one took its last branch, or was resumed.
    private var processedThen = 0

    /// Adds a branch that can go both ways; the current path goes on without the jump.
    ///
    /// - Parameter processed: how many instructions all paths together have gone over.
    /// - Returns: the end of the path that jumps, to resume it from.
    mutating func fork(at index: Int, processed: Int) -> Int32 {
        let length = Int32(length(processed: processed))
        nodes.append(Node(index: Int32(index), parent: last, length: length, taken: true))
        nodes.append(Node(index: Int32(index), parent: last, length: length, taken: false))
        last = Int32(nodes.count - 1)
        processedThen = processed
        return last - 1
    }

    /// Takes up a path where it ended.
    mutating func resume(_ end: Int32, processed: Int) {
        last = end
        processedThen = processed
    }

    /// How many instructions the current path has gone over.
    func length(processed: Int) -> Int {
        (last < 0 ? 0 : Int(nodes[Int(last)].length)) + processed - processedThen
    }

    /// The branches of the current path, first to last, as ``last`` names them.
    ///
    /// Who explores the program once more comes to the same ones.
    var path: [Int32] {
        var path: [Int32] = []
        var cursor = last
        while cursor >= 0 {
            path.append(cursor)
            cursor = nodes[Int(cursor)].parent
        }
        return path.reversed()
    }

    /// The branches of the current path, first to last.
    var branches: [VerifierRejection.Branch] {
        path.map { VerifierRejection.Branch(index: Int(nodes[Int($0)].index), taken: nodes[Int($0)].taken) }
    }
}
