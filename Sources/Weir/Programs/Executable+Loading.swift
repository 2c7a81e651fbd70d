public import BPFExecution
public import BPFMaps
public import BPFModel
public import BPFVerifier

extension Executable {
    /// Verifies a program, makes the maps it names, and makes it ready to run.
    ///
    ///     let program = try Executable.load(ProgramSpec(assembly: text))
    ///
    /// - Parameters:
    ///   - spec: the program.
    ///   - entry: what it finds in its registers when it starts.
    ///   - maps: live maps to share, by the numbers the program names them with; the others are made.
    ///   - engine: how to run it.
    ///   - helpers: the host's own helpers.
    /// - Throws: ``ProgramError`` where it is not proved safe, or a map can't be made.
    public static func load(
        _ spec: ProgramSpec, entry: ProgramEntry = .context, maps: [Int32: Map] = [:], engine: Engine = .interpreter,
        helpers: HelperRegistry = HelperRegistry()
    ) throws(ProgramError) -> Executable {
        let verified: VerifiedProgram
        var options = Verifier.Options()
        options.helpers = helpers.table
        do { verified = try Verifier(options).verify(spec, entry: entry) } catch { throw .rejected(error) }
        let maps = try makeMaps(of: spec, beside: maps)
        do { return try Executable(verified, maps: maps, engine: engine, helpers: helpers) } catch {
            throw .unloadable(error)
        }
    }

    /// Makes a program ready that nobody verified: the reference engine checks it while it runs.
    ///
    /// - Throws: ``ProgramError`` where a map can't be made.
    public static func loadUnverified(
        _ spec: ProgramSpec, entry: ProgramEntry = .context, maps: [Int32: Map] = [:]
    ) throws(ProgramError) -> Executable {
        let maps = try makeMaps(of: spec, beside: maps)
        do { return try Executable(unverified: spec, entry: entry, maps: maps) } catch { throw .unloadable(error) }
    }

    /// The maps a program names: those there are, and new ones.
    private static func makeMaps(
        of spec: ProgramSpec, beside shared: [Int32: Map]
    ) throws(ProgramError) -> [Int32: Map] {
        var maps = shared
        for (number, map) in spec.maps where maps[number] == nil {
            do { maps[number] = try Map(map) } catch {
                throw .map(map.name.isEmpty ? "\(number)" : map.name, error)
            }
        }
        return maps
    }
}
