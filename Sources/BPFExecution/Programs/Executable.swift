public import BPFMaps
public import BPFModel
public import BPFVerifier
import Synchronization

/// A program that is ready to run, with its live maps: made once, shared by every thread.
///
/// Each thread passes its own ``Worker``. A run does no work that could be done here.
///
///     let executable = try Executable(verified, maps: [1: flows])
///     let verdict = executable.run(on: packet, worker: worker)
public final class Executable: Sendable {
    /// The program.
    public let spec: ProgramSpec
    /// What the program finds in its registers when it starts.
    public let entry: ProgramEntry
    /// How it is run.
    public let engine: Engine
    /// The live maps, by the numbers the program names them with.
    ///
    /// The program keeps them alive. Of a `prog_array` it doesn't keep the contents: when nobody else holds the map any
    /// more, its slots are emptied, so that programs and arrays can name each other.
    public let maps: [Int32: Map]
    let body: Body
    /// What the program does with packets.
    let use: PacketUse
    /// Which program of the process it is, counted from 1.
    let number = Executable.numbers.wrappingAdd(1, ordering: .relaxed).newValue

    private static let numbers = Atomic<UInt32>(0)

    /// The form in which an engine runs the program.
    enum Body: Sendable {
        case reference(ReferenceEngine)
        case lowered(LoweredProgram)
    }

    /// Makes a verified program ready.
    ///
    /// - Parameters:
    ///   - verified: the program.
    ///   - maps: a live map for every map the program names, made from the specification it was verified against.
    ///   - engine: how to run it.
    ///   - helpers: the host's own helpers, as they were when the program was verified.
    /// - Throws: ``LoadError`` where a map or helper is missing or another one, or where the program needs what no engine has.
    public convenience init(
        _ verified: VerifiedProgram, maps: [Int32: Map] = [:], engine: Engine = .interpreter,
        helpers: HelperRegistry = HelperRegistry()
    ) throws(LoadError) {
        try Self.check(helpers, of: verified)
        let maps = try Self.check(maps, of: verified.spec, Self.callers(verified.spec.type, verified.entry, engine))
        let body: Body =
            switch engine {
            case .reference:
                .reference(
                    ReferenceEngine(
                        verified.spec, entry: verified.entry, maps: maps, helpers: helpers,
                        clearsStack: verified.facts.mayReadUnwrittenStack))
            case .interpreter: .lowered(try LoweredProgram(verified, maps: maps, helpers: helpers))
            }
        self.init(verified.spec, verified.entry, engine, maps, body)
    }

    /// Makes a program ready that nobody verified: the reference engine runs it, and stops where it does wrong.
    ///
    /// A run that was stopped gives 0 and leaves the reason in ``Worker/fault``; ``Worker/budget`` limits its length.
    ///
    /// - Parameters:
    ///   - spec: the program.
    ///   - entry: what the program finds in its registers when it starts.
    ///   - maps: a live map for every map the program names.
    ///   - zeroed: whether registers and stack start as zeros that may be read; else reading them stops the program.
    ///   - helpers: the host's own helpers.
    /// - Throws: ``LoadError`` where a map is missing or another one.
    public convenience init(
        unverified spec: ProgramSpec, entry: ProgramEntry = .context, maps: [Int32: Map] = [:], zeroed: Bool = false,
        helpers: HelperRegistry = HelperRegistry()
    ) throws(LoadError) {
        let maps = try Self.check(maps, of: spec, Self.callers(spec.type, entry, .reference))
        let reference = ReferenceEngine(spec, entry: entry, maps: maps, helpers: helpers, zeroed: zeroed)
        self.init(spec, entry, .reference, maps, .reference(reference))
    }

    /// The lowered code, one line for each operation; nil on the reference engine, which has none.
    public var listing: String? {
        switch body {
        case .reference: nil
        case .lowered(let program): "\(program)"
        }
    }

    private init(
        _ spec: ProgramSpec, _ entry: ProgramEntry, _ engine: Engine, _ maps: [Int32: Map], _ body: Body
    ) {
        self.spec = spec
        self.entry = entry
        self.engine = engine
        self.maps = maps
        self.body = body
        use = PacketUse(spec)
    }

    /// The host's helpers that the program calls, each as the proof took it to be.
    private static func check(_ helpers: HelperRegistry, of verified: VerifiedProgram) throws(LoadError) {
        for (index, instruction) in verified.spec.code.enumerated() {
            guard case .call(.helper(let id)) = instruction, let expected = verified.helpers.ownRow(of: id) else {
                continue
            }
            guard let helper = helpers[id] else { throw .unsupported(.helper(id), at: index) }
            guard helper.prototype == expected else { throw .differentHelper(expected.name, at: index) }
        }
    }

    /// The live maps of the program, each as its specification says.
    private static func check(
        _ maps: [Int32: Map], of spec: ProgramSpec, _ callers: ProgramCallers
    ) throws(LoadError) -> [Int32: Map] {
        var used: [Int32: Map] = [:]
        for (number, expected) in spec.maps.sorted(by: { $0.key < $1.key }) {
            guard let map = maps[number] else { throw .missingMap(number) }
            var live = map.spec
            live.name = expected.name
            live.keyLayout = expected.keyLayout
            live.valueLayout = expected.valueLayout
            guard live == expected else { throw .differentMap(number, live: map.spec, verified: expected) }
            guard map.spec.type != .progArray || map.accepts(callers: callers) else { throw .otherPrograms(number) }
            used[number] = map.programSide
        }
        return used
    }
}
