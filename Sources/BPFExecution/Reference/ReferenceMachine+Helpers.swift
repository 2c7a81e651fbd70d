import BPFMaps
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
        // Formats may ask for more values than a prototype has arguments.
        for register in Register.arguments.dropFirst(values.count) { values.append((try? read(register)) ?? 0) }
        var call = CallArguments(values: values)
        for (index, argument) in helper.arguments.enumerated() {
            guard try check(argument, index, of: &call) else {
                throw .invalidArgument(name: helper.name, number: index + 1, argument)
            }
            if argument == .map, let map = call.map, !helper.mapTypes.contains(map.spec.type) {
                throw .wrongMap(name: helper.name, map.spec.type)
            }
        }
        guard let result = memory.callHelper(id, values, worker) else { throw .unknownCall(callee) }
        forgetArguments()
        note(helper, call, result)
        try write(.r0, result)
    }
}
