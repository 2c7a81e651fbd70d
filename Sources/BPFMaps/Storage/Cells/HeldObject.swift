package import BPFModel
import Synchronization

/// A program as a `prog_array` holds it.
///
/// A map never runs programs: it keeps them alive and gives tail calls the address that stands for one.
package protocol HeldProgram: AnyObject, Sendable {
    /// What all programs of one array have in common: tail calls go only between such programs.
    var callers: ProgramCallers { get }
    /// What a tail call finds in the array's slot; valid as long as the program lives, and never 0.
    var slotAddress: UInt64 { get }
    /// The number that users see in the slot.
    var slotNumber: UInt32 { get }
}

/// Which programs may call each other: those of one type, on one engine.
package struct ProgramCallers: Hashable, Sendable {
    package let type: ProgramType
    package let engine: String

    package init(type: ProgramType, engine: String) {
        self.type = type
        self.engine = engine
    }
}

/// Something that a map holds.
enum HeldObject: Sendable {
    case map(Map)
    case program(any HeldProgram)

    /// What programs find in the slot.
    var address: UInt64 {
        switch self {
        case .map(let map): map.address
        case .program(let program): program.slotAddress
        }
    }

    /// The number users see.
    var number: UInt32 {
        switch self {
        case .map(let map): map.id
        case .program(let program): program.slotNumber
        }
    }
}

/// The objects of a map, by what programs find in its slots.
///
/// An object that was replaced or removed stays until the map goes: a program that is running may have found it a
/// moment before, and programs count no references. ``dropRemoved()`` lets go of them earlier.
final class HeldObjects: Sendable {
    private struct State {
        var current: [UInt64: (object: HeldObject, uses: Int)] = [:]
        var removed: [HeldObject] = []
        var callers: ProgramCallers?
    }

    private let state = Mutex(State())

    func add(_ object: HeldObject) {
        state.withLock { $0.current[object.address, default: (object, 0)].uses += 1 }
    }

    /// Notes that one slot doesn't hold the object at an address any more.
    func remove(_ address: UInt64) {
        if address == 0 { return }
        state.withLock { state in
            guard let (object, uses) = state.current[address] else { return }
            state.current[address] = uses > 1 ? (object, uses - 1) : nil
            if uses == 1 { state.removed.append(object) }
        }
    }

    func object(at address: UInt64) -> HeldObject? { state.withLock { $0.current[address]?.object } }

    /// An object that is, or was, in a slot.
    func everHeld(_ address: UInt64) -> HeldObject? {
        state.withLock { state in
            state.current[address]?.object ?? state.removed.first { $0.address == address }
        }
    }

    /// Lets go of what was removed; nobody may be running a program that uses the map.
    func dropRemoved() {
        // Outside the lock: what goes may hold maps itself.
        let removed = state.withLock { state in
            defer { state.removed = [] }
            return state.removed
        }
        _ = removed
    }

    /// Whether programs of a sort may be here: the first ones decide.
    func accept(_ callers: ProgramCallers) -> Bool {
        state.withLock { state in
            if state.callers == nil { state.callers = callers }
            return state.callers == callers
        }
    }
}
