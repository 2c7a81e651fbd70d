/// What a path has taken and must give back: records of ring buffers, and the lock of a map's value.
struct Holdings: Hashable, Sendable {
    /// A record that is reserved.
    struct Record: Hashable, Sendable {
        /// The id that every copy of its address has.
        let id: UInt32
        /// The call that reserved it.
        let instruction: Int32
    }

    /// A spin lock that is held.
    struct Lock: Hashable, Sendable {
        /// The address of the lock: whose map's, and which lookup's.
        let value: RegisterState
        /// The call that took it.
        let instruction: Int32
    }

    var records: [Record] = []
    var lock: Lock?

    static let none = Holdings()

    var isEmpty: Bool { records.isEmpty && lock == nil }

    /// Forgets a record; returns false where it isn't held.
    mutating func release(_ id: UInt32) -> Bool {
        guard let position = records.firstIndex(where: { $0.id == id }) else { return false }
        records.remove(at: position)
        return true
    }
}
