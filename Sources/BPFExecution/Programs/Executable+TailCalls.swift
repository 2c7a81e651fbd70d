public import BPFMaps
public import BPFModel
import BPFVerifier

extension Map {
    /// Puts a program into a `prog_array`, for the programs that use the map to go on with.
    ///
    /// They must be alike: of one type, with one entry, on one engine. The first one that is put in, or made ready with
    /// the map, decides for all.
    ///
    /// - Throws: `EINVAL` for a program unlike the others and for other maps, `E2BIG` past the end, `EPERM` on a frozen
    ///   or read-only map.
    public func update(_ key: [UInt8], _ program: Executable) throws(Errno) { try update(key, program: program) }

    /// The program in a `prog_array`.
    ///
    /// - Throws: `ENOENT` where there is none, `EINVAL` for other maps, `EPERM` on a write-only map.
    public func executable(at key: [UInt8]) throws(Errno) -> Executable {
        guard let executable = try program(at: key) as? Executable else { throw .invalid }
        return executable
    }
}

extension Executable: HeldProgram {
    package var callers: ProgramCallers { Self.callers(spec.type, entry, engine) }

    /// What all programs have in common that may call each other.
    static func callers(_ type: ProgramType, _ entry: ProgramEntry, _ engine: Engine) -> ProgramCallers {
        switch entry {
        case .context: ProgramCallers(type: type, engine: engine.rawValue)
        case .memory(let size): ProgramCallers(type: type, engine: "\(engine.rawValue) on \(size) bytes")
        }
    }

    package var slotAddress: UInt64 {
        switch body {
        case .lowered(let program): program.tailEntry
        case .reference(let engine): UInt64(UInt(bitPattern: ObjectIdentifier(engine)))
        }
    }

    package var slotNumber: UInt32 { number }
}

extension ReferenceEngine {
    /// The program in a slot of a `prog_array`, or nil where there is none.
    static func program(in map: Map, at index: UInt32) -> ReferenceEngine? {
        let key = (0..<4).map { UInt8(truncatingIfNeeded: index >> (8 * $0)) }
        guard case .reference(let engine)? = (try? map.program(at: key) as? Executable)?.body else { return nil }
        return engine
    }
}
