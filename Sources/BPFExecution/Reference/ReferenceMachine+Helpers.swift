import BPFMaps
import BPFModel
import BPFVerifier

extension ReferenceMachine {
    /// Calls a helper, after checking its arguments against its prototype, and moves on.
    mutating func call(_ callee: CallTarget) throws(Fault.Reason) {
        guard case .helper(let id) = callee, let helper = engine.helpers.table.row(of: id) else {
            throw .unknownCall(callee)
        }
        guard engine.entry != .context || helper.programTypes.contains(engine.spec.type) else {
            throw .helperNotAllowed(name: helper.name, engine.spec.type)
        }
        var values: [UInt64] = []
        for register in Register.arguments.prefix(helper.arguments.count) { values.append(try read(register)) }
        // Formats may ask for more values than a prototype has arguments.
        for register in Register.arguments.dropFirst(values.count) { values.append((try? read(register)) ?? 0) }
        var call = CallArguments(helper: helper, values: values)
        for (index, argument) in helper.arguments.enumerated() {
            guard try check(argument, index, of: &call) else {
                throw .invalidArgument(name: helper.name, number: index + 1, argument)
            }
            if argument == .map, let map = call.map, !helper.mapTypes.contains(map.spec.type) {
                throw .wrongMap(name: helper.name, map.spec.type)
            }
        }
        switch HelperFunctions.row(of: id)?.action {
        case .function(let entry):
            try checkLock(helper, call)
            let result = memory.call(entry, values, worker)
            if helper.changesPacket { movePacket() }
            forgetArguments()
            note(helper, call, result)
            try write(.r0, result)
            if helper.result == .nothing { forgetResult() }
            index += 1
        case .control(let control):
            try perform(control, call)
        case nil:
            guard let own = engine.helpers[id] else { throw .unknownCall(callee) }
            let result = worker.call(own, values)
            forgetArguments()
            try write(.r0, result)
            if helper.result == .nothing { forgetResult() }
            index += 1
        }
    }
}
