import BPFModel

/// Which functions call which, and how much stack the chains of calls need.
struct CallGraph {
    /// The most any chain needs, in bytes.
    private(set) var stackBytes = 0
    private let calls: [[(site: Int, callee: Int)]]
    private let frames: [Int]

    /// A frame takes a multiple of this many bytes, as Linux counts it for native code.
    static let frameAlignment = 16

    /// - Throws: ``Failure/Located`` where a chain is too long, or needs too much stack.
    init(
        _ code: InstructionSequence, _ flow: ControlFlow, stackBytes used: [Int]
    ) throws(Failure.Located) {
        frames = used.map { (max($0, 1) + Self.frameAlignment - 1) / Self.frameAlignment * Self.frameAlignment }
        calls = flow.functionStarts.indices.map { function in
            flow.instructions(of: function, count: code.count).compactMap { index in
                guard case .call(.local) = code[index] else { return nil }
                return (index, flow.function(of: Int(flow.targets[index])))
            }
        }
        var known = [[Int]](repeating: [], count: frames.count)
        try follow(0, depth: 1, bytes: 0, site: 0, &known)
    }

    /// Follows calls from a function; what was seen at the same depth with as much stack needn't be seen again.
    private mutating func follow(
        _ function: Int, depth: Int, bytes before: Int, site: Int, _ known: inout [[Int]]
    ) throws(Failure.Located) {
        guard depth <= ProgramLimits.callDepth else { throw Failure.callTooDeep(depth).at(site) }
        let bytes = before + frames[function]
        guard bytes <= ProgramLimits.stackBytes else {
            throw Failure.stackTooLarge(bytes, functions: depth).at(site)
        }
        stackBytes = max(stackBytes, bytes)
        while known[function].count <= depth { known[function].append(-1) }
        guard known[function][depth] < bytes else { return }
        known[function][depth] = bytes
        for call in calls[function] {
            try follow(call.callee, depth: depth + 1, bytes: bytes, site: call.site, &known)
        }
    }
}
