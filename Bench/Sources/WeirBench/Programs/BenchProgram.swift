import Weir

/// A program to be verified by both sides.
struct BenchProgram {
    let name: String
    let type: ProgramType
    let slots: [RawInstruction]
    var maps: [Int32: BenchMap] = [:]
    var isStrict = false

    var specification: ProgramSpec? {
        guard let code = try? InstructionSequence(decoding: slots) else { return nil }
        return ProgramSpec(type: type, code: code, maps: maps.mapValues(\.spec))
    }
}

/// A map of a program, and what is in it before the program is loaded.
struct BenchMap {
    let spec: MapSpec
    /// The value of the only entry, for sections of data.
    var value: [UInt8]?
    var isFrozen = false
}

/// Why a program of a set is left out.
struct Skipped: Error {
    let reason: String
}
