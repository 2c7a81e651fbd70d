import BPFModel

// MARK: Records

extension Failure {
    static func recordHeld(_ record: Holdings.Record, at place: EndOfProgram) -> Failure {
        Failure(
            .recordHeld, "\(name(record)) is not submitted or discarded",
            advice: "call bpf_ringbuf_submit or bpf_ringbuf_discard on this path, before \(name(place))")
    }

    static func recordHeldByCallback(_ record: Holdings.Record) -> Failure {
        Failure(
            .recordHeldByCallback, "\(name(record)) is not submitted or discarded when the callback returns",
            advice: "call bpf_ringbuf_submit or bpf_ringbuf_discard on every path through the callback")
    }

    static func recordReleasedByCallback(_ record: Holdings.Record) -> Failure {
        Failure(
            .recordReleasedByCallback,
            "\(name(record)) was given back by the callback, which may be called again, or never",
            advice: "reserve and submit it in the same function")
    }

    private static func name(_ record: Holdings.Record) -> String {
        "the record reserved at instruction \(record.instruction)"
    }

    private static func name(_ place: EndOfProgram) -> String {
        switch place {
        case .exit: "exit"
        case .tailCall: "the tail call"
        case .packetLoad: "the packet load, which ends the program where the packet is too short"
        }
    }
}

// MARK: Locks

extension Failure {
    static func lockHeld(_ lock: Holdings.Lock, at place: EndOfProgram) -> Failure {
        Failure(
            .lockHeld, "\(name(lock)) is still held",
            advice: "call bpf_spin_unlock on this path, before \(name(place))")
    }

    static func lockHeldByCallback(_ lock: Holdings.Lock) -> Failure {
        Failure(
            .lockHeldByCallback, "\(name(lock)) is still held when the callback returns",
            advice: "call bpf_spin_unlock on every path through the callback")
    }

    static func callWithLock(_ lock: Holdings.Lock) -> Failure {
        Failure(
            .callWithLock, "\(name(lock)) is held, and until it is unlocked no other helper may be called",
            advice: "call helpers before bpf_spin_lock, or after bpf_spin_unlock")
    }

    static func lockPlace(_ register: Register, _ state: RegisterState, offset: Int) -> Failure {
        Failure(
            .lockPlace, "\(register) is \(state), but the lock is at \(offset) in the value",
            advice: "add the constant \(offset) to the address of the value")
    }

    static let notLocked = Failure(
        .notLocked, "no lock is held", advice: "call bpf_spin_lock on every path that leads here")

    static func otherLock(_ lock: Holdings.Lock) -> Failure {
        Failure(
            .otherLock, "\(name(lock)) is held, but another one would be unlocked",
            advice: "give both calls the address that one lookup returned")
    }

    static func lockAccess(_ register: Register, _ state: RegisterState, lock: Int64) -> Failure {
        Failure(
            .lockAccess, "\(register) is \(state): the access touches the lock at \(lock) to \(lock + 3)",
            advice: "use bpf_spin_lock and bpf_spin_unlock")
    }

    static func lockOfType(_ type: ProgramType) -> Failure {
        Failure(
            .lockOfType, "\(type.name) programs can't use maps with locks", advice: "use atomic operations")
    }

    private static func name(_ lock: Holdings.Lock) -> String { "the lock taken at instruction \(lock.instruction)" }
}
