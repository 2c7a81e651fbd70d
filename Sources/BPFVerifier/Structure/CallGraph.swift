import BPFModel

/// Which functions call which, and how much stack the chains of calls need.
struct CallGraph {
    /// The most any chain needs, in bytes.
    private(set) var stackBytes = 0
    private var calls: [[Call]]
    private let frames: [Int]
    private let hasTailCall: [Bool]

    /// A call of a function, or its address, which helpers call where it is.
    struct Call: Hashable {
        let site: Int
        let callee: Int
    }

    /// A frame takes a multiple of this many bytes, as Linux counts it for native code.
    static let frameAlignment = 16

    /// - Parameters:
    ///   - used: for each function, how much of its own stack it uses.
    ///   - callbacks: the calls of helpers, with the functions they were found to call.
    /// - Throws: ``Failure/Located`` where a chain is too long, or needs too much stack.
    init(
        _ code: InstructionSequence, _ flow: ControlFlow, stackBytes used: [Int], callbacks: Set<Call>
    ) throws(Failure.Located) {
        frames = used.map { (max($0, 1) + Self.frameAlignment - 1) / Self.frameAlignment * Self.frameAlignment }
        calls = flow.functionStarts.indices.map { function in
            flow.instructions(of: function, count: code.count).compactMap { index in
                guard code[index].namesFunction else { return nil }
                return Call(site: index, callee: flow.function(of: Int(flow.targets[index])))
            }
        }
        hasTailCall = flow.functionStarts.indices.map { function in
            flow.instructions(of: function, count: code.count).contains {
                code[$0] == .call(.helper(HelperPrototype.tailCall.id))
            }
        }
        // The helper may be called far from where the address was loaded.
        for call in callbacks.sorted(by: { ($0.site, $0.callee) < ($1.site, $1.callee) }) {
            calls[flow.function(of: call.site)].append(call)
        }
        var known = [[Int]](repeating: [], count: frames.count)
        try follow(0, depth: 1, bytes: 0, site: 0, &known)
    }

    /// Follows calls from a function; what was seen at the same depth with as much stack needn't be seen again.
    private mutating func follow(
        _ function: Int, depth: Int, bytes before: Int, site: Int, _ known: inout [[Int]]
    ) throws(Failure.Located) {
        guard depth <= ProgramLimits.callDepth else { throw Failure.callTooDeep(depth).at(site) }
        guard depth == 1 || !hasTailCall[function] || before < ProgramLimits.stackBytesBelowTailCalls else {
            throw Failure.tailCallStack(before).at(site)
        }
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

extension Instruction {
    /// Whether it calls a function of the program, or takes its address.
    fileprivate var namesFunction: Bool {
        switch self {
        case .call(.local), .loadWide(_, .function): true
        case .call(.helper), .call(.platform), .alu, .negate, .moveSignExtended, .byteSwap, .load, .store, .atomic,
            .loadAcquire, .storeRelease, .loadWide, .loadPacket, .jump, .longJump, .branch, .exit:
            false
        }
    }
}
