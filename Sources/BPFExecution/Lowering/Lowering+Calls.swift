import BPFMaps
import BPFModel
import BPFVerifier

extension Lowering {
    func call(_ callee: CallTarget, at index: Int) throws(LoadError) -> [Draft] {
        switch callee {
        case .local(let offset):
            let start = try target(of: offset, at: index)
            let operation = Operation(code: .callLocal)
            return [Draft(operation: operation, instruction: index, target: start, entersFunction: true)]
        case .helper(HelperPrototype.mapLookupElement.id):
            return [Draft(operation: Operation(code: .callLookup), instruction: index)]
        case .helper(let id):
            switch HelperFunctions.row(of: id)?.action {
            case .function(let entry):
                let operation = Operation(
                    code: .call, auxiliary: UInt8(truncatingIfNeeded: id), immediate: entry.address)
                return [Draft(operation: operation, instruction: index)]
            case .control(let control):
                return Detour.steps(of: control).map { Draft(operation: detour($0), instruction: index) }
            case nil:
                guard let helper = helpers[id] else { throw .unsupported(callee, at: index) }
                let operations = [detour(.hostHelper), Operation(code: .exit, immediate: helper.address)]
                return operations.map { Draft(operation: $0, instruction: index) }
            }
        case .platform:
            throw .unsupported(callee, at: index)
        }
    }

    func detour(_ detour: Detour, _ destination: UInt8 = 0, auxiliary: UInt8 = 0) -> Operation {
        Operation(
            code: .detour, destination: destination, source: detour.rawValue, auxiliary: auxiliary,
            immediate: detour.entry.address)
    }

    /// What comes before the first instruction of a function.
    func entry(at index: Int) -> [Draft] {
        var operations: [Operation] = []
        if index == 0, makesTailCalls { operations.append(detour(.beginRun)) }
        if facts.mayReadUnwrittenStack,
            let function = facts.functions.first(where: { $0.instructions.lowerBound == index }),
            function.stackBytes > 0
        {
            operations.append(detour(.clearFrame, auxiliary: UInt8(truncatingIfNeeded: (function.stackBytes + 7) / 8)))
        }
        return operations.map { Draft(operation: $0, instruction: index, isEntry: true) }
    }

    /// Whether the program may go on in another one.
    var makesTailCalls: Bool {
        spec.code.indices.contains {
            facts.reachable[$0] && spec.code[$0] == .call(.helper(HelperPrototype.tailCall.id))
        }
    }
}

extension Detour {
    /// The operations of a helper that decides where the program goes on.
    static func steps(of control: HelperImplementation.Control) -> [Detour] {
        switch control {
        case .tailCall: [.tailCall]
        case .loop: [.beginLoop, .continueLoop]
        case .forEachElement: [.beginWalk, .continueWalk]
        }
    }
}
