/// What the registers and slots of a state were computed from.
///
/// It is all that is needed of a checkpoint that later states are no longer compared with.
struct Origins: Sendable {
    /// By the bits of ``Dependencies``: registers, slots, and last everything else.
    private let members: [Dependencies]

    static let none = Origins(members: [])

    private init(members: [Dependencies]) { self.members = members }

    init(_ state: MachineState) {
        var members = [Dependencies](repeating: .none, count: 64)
        state.forEachNumber(of: .everything) { member, origin in
            members[member.rawValue.trailingZeroBitCount].formUnion(origin)
        }
        self.members = members
    }

    /// What the given registers and slots were computed from.
    subscript(wanted: Dependencies) -> Dependencies {
        var result = Dependencies.none
        for (bit, origin) in members.enumerated() where wanted.rawValue & (1 << UInt64(bit)) != 0 {
            result.formUnion(origin)
        }
        return result
    }
}
