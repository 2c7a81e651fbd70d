/// A set of registers and stack slots of the last checkpoint: those a number was computed from.
///
/// When the proof comes to rely on a number (an offset, a length, a branch whose outcome it decided), the checkpoint
/// learns that these must match for a later state to be taken as covered; all others may differ.
///
///     bit   0..10   registers of the current frame
///          11..62   the first 52 slots of its stack
///              63   everything else: deeper slots, frames of callers
struct Dependencies: Hashable, Sendable {
    var rawValue: UInt64

    static let none = Dependencies(rawValue: 0)
    static let everything = Dependencies(rawValue: .max)
    static let everythingElse = Dependencies(rawValue: 1 << 63)

    static func register(_ number: Int) -> Dependencies { Dependencies(rawValue: 1 << UInt64(number)) }

    static func slot(_ index: Int) -> Dependencies {
        index < 52 ? Dependencies(rawValue: 1 << UInt64(index + 11)) : everythingElse
    }

    var isEmpty: Bool { rawValue == 0 }

    func contains(_ other: Dependencies) -> Bool { rawValue & other.rawValue == other.rawValue }
    func union(_ other: Dependencies) -> Dependencies { Dependencies(rawValue: rawValue | other.rawValue) }
    func subtracting(_ other: Dependencies) -> Dependencies { Dependencies(rawValue: rawValue & ~other.rawValue) }
    mutating func formUnion(_ other: Dependencies) { rawValue |= other.rawValue }
}
