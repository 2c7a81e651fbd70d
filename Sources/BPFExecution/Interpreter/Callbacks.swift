import BPFMaps
import BPFModel

/// What a helper knows that calls a function of the program again and again.
@unsafe struct CallbackTurns {
    /// How far a walk over a map is; the first field, since maps are given its address.
    var walk = unsafe MapWalk()
    /// The operation before the function's first.
    var function: UnsafeRawPointer
    /// What the program wants the function to be given.
    var context: UInt64
    /// How many turns were made.
    var made: UInt64 = 0
    /// How many turns to make at most.
    var limit: UInt64 = 0
    /// The map whose entries the function is called for.
    var map: UInt64 = 0
}

/// The helpers that call a function of the program, as detours of the interpreter.
///
/// Such a call is two operations. The first begins, and enters the function as a local call would, to return to the
/// second; the second takes what the function returned, and enters it again or goes on. So turns need no stack of the
/// interpreter's own, however deep and however many.
enum Callbacks {
    /// `bpf_loop(r1 turns, r2 function, r3 context, r4 flags)`.
    static let beginLoop = unsafe DetourEntry { state, operation in
        let state = unsafe HelperFunctions.machine(state)
        let registers = unsafe MachineState.registers(state)
        guard unsafe registers[4] == 0 else { return unsafe finish(state, operation, Errno.invalid.helperResult) }
        let limit = unsafe UInt64(UInt32(truncatingIfNeeded: registers[1]))
        guard limit <= ProgramLimits.callbackTurns else {
            return unsafe finish(state, operation, Errno.tooBig.helperResult)
        }
        guard limit > 0 else { return unsafe finish(state, operation, 0) }
        let turns = unsafe turns(state)
        unsafe turns.initialize(
            to: CallbackTurns(
                function: HelperFunctions.pointer(registers[2]), context: registers[3], limit: limit))
        unsafe LocalCalls.save(state, operation)
        return unsafe enterLoop(registers, turns)
    }

    /// After a turn of `bpf_loop`.
    static let continueLoop = unsafe DetourEntry { state, operation in
        let state = unsafe HelperFunctions.machine(state)
        let registers = unsafe MachineState.registers(state)
        let turns = unsafe turns(state)
        unsafe turns.pointee.made &+= 1
        guard unsafe registers[0] == 0, unsafe turns.pointee.made < turns.pointee.limit else {
            unsafe registers[0] = turns.pointee.made
            return unsafe operation
        }
        unsafe LocalCalls.saveAgain(state)
        return unsafe enterLoop(registers, turns)
    }

    /// `bpf_for_each_map_elem(r1 map, r2 function, r3 context, r4 flags)`.
    static let beginWalk = unsafe DetourEntry { state, operation in
        let state = unsafe HelperFunctions.machine(state)
        let registers = unsafe MachineState.registers(state)
        guard unsafe registers[4] == 0 else { return unsafe finish(state, operation, Errno.invalid.helperResult) }
        let turns = unsafe turns(state)
        unsafe turns.initialize(
            to: CallbackTurns(
                function: HelperFunctions.pointer(registers[2]), context: registers[3], map: registers[1]))
        guard let value = unsafe next(state, turns) else { return unsafe finish(state, operation, 0) }
        unsafe LocalCalls.save(state, operation)
        return unsafe enterWalk(registers, turns, value)
    }

    /// After a turn of `bpf_for_each_map_elem`.
    static let continueWalk = unsafe DetourEntry { state, operation in
        let state = unsafe HelperFunctions.machine(state)
        let registers = unsafe MachineState.registers(state)
        let turns = unsafe turns(state)
        unsafe turns.pointee.made &+= 1
        guard unsafe registers[0] == 0, let value = unsafe next(state, turns) else {
            unsafe registers[0] = turns.pointee.made
            return unsafe operation
        }
        unsafe LocalCalls.saveAgain(state)
        return unsafe enterWalk(registers, turns, value)
    }
}

extension Callbacks {
    /// What the helper knows that was called where the machine is now.
    @inline(__always)
    private static func turns(_ state: UnsafeMutablePointer<MachineState>) -> UnsafeMutablePointer<CallbackTurns> {
        unsafe state.pointee.turns + state.pointee.depth
    }

    /// Gives a result without a turn, and goes on behind the second operation.
    private static func finish(
        _ state: UnsafeMutablePointer<MachineState>, _ operation: UnsafeRawPointer, _ result: UInt64
    ) -> UnsafeRawPointer {
        unsafe MachineState.registers(state)[0] = result
        return unsafe operation + Operation.stride
    }

    private static func enterLoop(
        _ registers: UnsafeMutablePointer<UInt64>, _ turns: UnsafeMutablePointer<CallbackTurns>
    ) -> UnsafeRawPointer {
        unsafe registers[1] = turns.pointee.made
        unsafe registers[2] = turns.pointee.context
        return unsafe turns.pointee.function
    }

    private static func enterWalk(
        _ registers: UnsafeMutablePointer<UInt64>, _ turns: UnsafeMutablePointer<CallbackTurns>,
        _ value: UnsafeMutableRawPointer
    ) -> UnsafeRawPointer {
        unsafe registers[1] = turns.pointee.map
        unsafe registers[2] = UInt64(UInt(bitPattern: turns.pointee.walk.key))
        unsafe registers[3] = UInt64(UInt(bitPattern: value))
        unsafe registers[4] = turns.pointee.context
        return unsafe turns.pointee.function
    }

    /// The address of the next entry's value, or nil at the end.
    private static func next(
        _ state: UnsafeMutablePointer<MachineState>, _ turns: UnsafeMutablePointer<CallbackTurns>
    ) -> UnsafeMutableRawPointer? {
        let map = unsafe HelperFunctions.pointer(turns.pointee.map)
        return unsafe map.assumingMemoryBound(to: MapHeader.self).pointee.functions.next(
            map, UnsafeMutableRawPointer(turns), state.pointee.workerID)
    }
}
