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
/// An object that was replaced or removed stays until no program runs any more that may have found it a moment before.
final class HeldObjects: Sendable {
    private struct State {
        var current: [UInt64: (object: HeldObject, uses: Int)] = [:]
        var removed: [UInt64: [HeldObject]] = [:]
        var callers: ProgramCallers?
    }

    /// What was taken out: goes when nobody can use it any more.
    private final class Removal: Sendable {
        private let owner: HeldObjects
        private let address: UInt64

        init(_ owner: HeldObjects, _ address: UInt64) {
            self.owner = owner
            self.address = address
        }

        deinit { owner.forget(address) }
    }

    private let state = Mutex(State())

    func add(_ object: HeldObject) {
        state.withLock { $0.current[object.address, default: (object, 0)].uses += 1 }
    }

    /// Notes that one slot doesn't hold the object at an address any more.
    func remove(_ address: UInt64) {
        if address == 0 { return }
        let isGone = state.withLock { state in
            guard let (object, uses) = state.current[address] else { return false }
            state.current[address] = uses > 1 ? (object, uses - 1) : nil
            if uses == 1 { state.removed[address, default: []].append(object) }
            return uses == 1
        }
        if isGone { GracePeriod.keep(Removal(self, address)) }
    }

    func object(at address: UInt64) -> HeldObject? { state.withLock { $0.current[address]?.object } }

    /// An object that is in a slot, or was, and may still be in use.
    func everHeld(_ address: UInt64) -> HeldObject? {
        state.withLock { $0.current[address]?.object ?? $0.removed[address]?.first }
    }

    private func forget(_ address: UInt64) {
        // Outside the lock: what goes may hold maps itself.
        let object = state.withLock { state in
            let object = state.removed[address]?.popLast()
            if state.removed[address]?.isEmpty == true { state.removed[address] = nil }
            return object
        }
        _ = object
    }

    /// Whether programs of a sort may be here: the first ones decide.
    func accept(_ callers: ProgramCallers) -> Bool {
        state.withLock { state in
            if state.callers == nil { state.callers = callers }
            return state.callers == callers
        }
    }
}
