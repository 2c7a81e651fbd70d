import BPFModel

extension ReferenceMachine {
    /// Checks that a program takes one lock at a time, and gives back the one it has; then takes note of it.
    mutating func checkLock(_ helper: HelperPrototype, _ call: CallArguments) throws(Fault.Reason) {
        switch helper.id {
        case HelperPrototype.spinLock.id:
            guard lock == nil else { throw .lockHeld }
            lock = call.values[0]
        case HelperPrototype.spinUnlock.id:
            guard lock == call.values[0] else { throw .lockNotHeld }
            lock = nil
        default: return
        }
    }

    /// Gives a lock back that a program held when it was stopped: others would wait for ever.
    mutating func releaseLock() {
        if let lock, let unlock = HelperFunctions.entry(of: .spinUnlock) {
            _ = memory.call(unlock, [lock, 0, 0, 0, 0], worker)
        }
        lock = nil
    }
}
