import BPFMaps
import BPFModel
import BPFVerifier

/// What a helper knows that calls a function of the program again and again.
struct ReferenceTurns {
    /// The function's first instruction.
    let function: Int
    let context: UInt64
    /// How many turns were made.
    var made: UInt64 = 0
    let kind: Kind

    enum Kind {
        /// That many turns at most.
        case loop(UInt64)
        /// One turn for each entry that the walk comes to.
        case walk(ElementWalk)
    }
}

extension ReferenceMachine {
    /// Does what a helper does that decides where the program goes on; its arguments were checked.
    mutating func perform(_ control: HelperImplementation.Control, _ call: CallArguments) throws(Fault.Reason) {
        switch control {
        case .tailCall:
            if let callee = tailCallee(call) { return try tailCall(callee) }
            forgetArguments()
            forgetResult()
            index += 1
        case .loop:
            let limit = UInt64(UInt32(truncatingIfNeeded: call.values[0]))
            guard call.values[3] == 0 else { return try finish(with: Errno.invalid.helperResult) }
            guard limit <= ProgramLimits.callbackTurns else { return try finish(with: Errno.tooBig.helperResult) }
            try begin(call, .loop(limit))
        case .forEachElement:
            guard call.values[3] == 0, let map = call.map else {
                return try finish(with: Errno.invalid.helperResult)
            }
            try begin(call, .walk(ElementWalk(map)))
        }
    }

    private func tailCallee(_ call: CallArguments) -> ReferenceEngine? {
        guard tailCalls < ProgramLimits.tailCalls, let map = call.map else { return nil }
        return ReferenceEngine.program(in: map, at: UInt32(truncatingIfNeeded: call.values[2]))
    }

    private mutating func begin(_ call: CallArguments, _ kind: ReferenceTurns.Kind) throws(Fault.Reason) {
        guard let function = engine.function(at: call.values[1]) else { throw .unknownCall(.helper(call.helper.id)) }
        try turn(ReferenceTurns(function: function, context: call.values[2], kind: kind))
    }

    /// Takes what a turn gave, and makes another one or goes on.
    mutating func finish(_ turns: ReferenceTurns) throws(Fault.Reason) {
        let stops = try read(.r0) != 0
        var turns = turns
        turns.made += 1
        // Back to the call, which this may not be the end of.
        index -= 1
        if case .walk = turns.kind { memory.popKey() }
        if stops { return try finish(with: turns.made) }
        try turn(turns)
    }

    private mutating func turn(_ turns: ReferenceTurns) throws(Fault.Reason) {
        switch turns.kind {
        case .loop(let limit):
            guard turns.made < limit else { return try finish(with: turns.made) }
            try enter(turns, [turns.made, turns.context])
        case .walk(let walk):
            guard let element = walk.next(worker) else { return try finish(with: turns.made) }
            memory.pushKey(element.key, size: walk.map.spec.keySize)
            try enter(turns, [walk.map.address, element.key, element.value, turns.context])
        }
    }

    private mutating func finish(with result: UInt64) throws(Fault.Reason) {
        forgetArguments()
        try write(.r0, result)
        index += 1
    }
}
