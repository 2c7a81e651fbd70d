import BPFModel
import BPFVerifier

extension ReferenceMachine {
    /// Calls a helper, after checking its arguments against its prototype.
    mutating func call(_ callee: CallTarget) throws(Fault.Reason) {
        guard case .helper(let id) = callee, let helper = HelperPrototype.row(of: id) else {
            throw .unknownCall(callee)
        }
        guard engine.entry != .context || helper.programTypes.contains(engine.spec.type) else {
            throw .helperNotAllowed(name: helper.name, engine.spec.type)
        }
        var values: [UInt64] = []
        for register in Register.arguments.prefix(helper.arguments.count) { values.append(try read(register)) }
        values += [UInt64](repeating: 0, count: 5 - values.count)
        var call = CallArguments(values: values)
        for (index, argument) in helper.arguments.enumerated() {
            guard try check(argument, index, of: &call) else {
                throw .invalidArgument(name: helper.name, number: index + 1, argument)
            }
        }
        guard let result = memory.callHelper(id, values, worker) else { throw .unknownCall(callee) }
        forgetArguments()
        try write(.r0, result)
    }
}
