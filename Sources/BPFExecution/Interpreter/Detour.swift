import BPFMaps
import BPFModel

/// Where an operation sends the program: from the machine's state and the operation's address to the operation
/// before the next one.
///
/// What is rare and changes more than registers is such a function, so that the interpreter's loop has one case for
/// all of it.
typealias DetourFunction =
    @convention(c) @Sendable (UnsafeMutableRawPointer, UnsafeRawPointer) -> UnsafeRawPointer

/// A detour, as operations hold it.
@safe struct DetourEntry: Sendable {
    let function: DetourFunction

    init(_ function: DetourFunction) { unsafe self.function = function }

    /// The function's address.
    var address: Int64 { unsafe Int64(unsafeBitCast(function, to: Int.self)) }
}

/// What an operation that is a detour does.
enum Detour: UInt8 {
    case beginRun, tailCall, loadFunction, clearFrame
    case beginLoop, continueLoop, beginWalk, continueWalk
    case hostHelper

    /// The function of a detour.
    var entry: DetourEntry {
        switch self {
        case .beginRun: Detours.beginRun
        case .tailCall: Detours.tailCall
        case .loadFunction: Detours.loadFunction
        case .clearFrame: Detours.clearFrame
        case .beginLoop: Callbacks.beginLoop
        case .continueLoop: Callbacks.continueLoop
        case .beginWalk: Callbacks.beginWalk
        case .continueWalk: Callbacks.continueWalk
        case .hostHelper: HostHelper.detour
        }
    }
}

/// The detours that are one operation each.
enum Detours {
    /// Before a program that makes tail calls: none was made yet.
    ///
    /// Tail calls enter behind it.
    static let beginRun = unsafe DetourEntry { state, operation in
        unsafe HelperFunctions.machine(state).pointee.tailCalls = 0
        return unsafe operation
    }

    /// `bpf_tail_call(r1 context, r2 map, r3 index)`: goes on in the program there, else behind the call.
    ///
    /// Only calls that succeed count.
    static let tailCall = unsafe DetourEntry { state, operation in
        let state = unsafe HelperFunctions.machine(state)
        let registers = unsafe MachineState.registers(state)
        let index = unsafe UInt32(truncatingIfNeeded: registers[3])
        guard unsafe state.pointee.tailCalls < ProgramLimits.tailCalls,
            let program = unsafe CellHeader.object(HelperFunctions.pointer(registers[2]), at: index)
        else { return unsafe operation }
        unsafe state.pointee.tailCalls &+= 1
        return UnsafeRawPointer(program)
    }

    /// Puts the address of a function of the program into a register: of the operation before its first one.
    static let loadFunction = unsafe DetourEntry { state, operation in
        let cursor = unsafe Cursor(operation)
        let address = UInt64(UInt(bitPattern: operation)) &+ UInt64(bitPattern: Int64(cursor.offset))
        unsafe MachineState.registers(HelperFunctions.machine(state))[cursor.destination] = address
        return unsafe operation
    }

    /// Clears the frame of a function that may read what it didn't write: `auxiliary` double words of it.
    static let clearFrame = unsafe DetourEntry { state, operation in
        let count = unsafe Cursor(operation).auxiliary &* 8
        let end = unsafe HelperFunctions.pointer(MachineState.registers(HelperFunctions.machine(state))[10])
        unsafe (end - count).initializeMemory(as: UInt8.self, repeating: 0, count: count)
        return unsafe operation
    }
}
