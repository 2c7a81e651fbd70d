public import BPFModel

/// The helpers that a host adds to Linux's: what programs know of them, and what they do.
///
/// One value goes to the verifier (``table``) and to the executable. Programs call a helper by its number, and what
/// they pass is proved as for any other.
///
///     var helpers = HelperRegistry()
///     try helpers.register("classify", id: 0x1_0000, [.readableMemory, .size]) { arguments in
///         arguments.withBytes(0) { bytes in UInt64(bytes[0] & 0xf0) }
///     }
///     var options = Verifier.Options()
///     options.helpers = helpers.table
///     let program = try Executable(Verifier(options).verify(spec), helpers: helpers)
public struct HelperRegistry: Sendable {
    /// What a helper does: gives `r0`, called on the thread that runs the program.
    public typealias Body = @Sendable (borrowing HelperArguments) -> UInt64

    /// What the verifier needs to know.
    public private(set) var table = HelperTable()
    private var helpers: [Int32: HostHelper] = [:]

    /// Makes a registry without helpers.
    public init() {}

    /// Adds a helper.
    ///
    /// - Parameters:
    ///   - name: a name for people, of letters, digits and `_`.
    ///   - id: the number programs call it by, ``HelperTable/firstOwnID`` or more.
    ///   - arguments: what each argument must be, from `r1` on; none that has to do with maps.
    ///   - result: what `r0` holds afterwards: a number or nothing.
    ///   - programTypes: the program types that may call it.
    ///   - body: what it does. It must be quick, since the program waits, and must not run programs with the worker
    ///     that is running.
    /// - Throws: ``HelperError`` where that is no helper, or another one has the name or the number.
    public mutating func register(
        _ name: String, id: Int32, _ arguments: [HelperPrototype.Argument], result: HelperPrototype.Result = .scalar,
        programTypes: Set<ProgramType> = Set(ProgramType.allCases), _ body: @escaping Body
    ) throws(HelperError) {
        try table.add(name, id: id, arguments, result: result, programTypes: programTypes)
        if let prototype = table.ownRow(of: id) { helpers[id] = HostHelper(prototype, body) }
    }

    subscript(id: Int32) -> HostHelper? { helpers[id] }
}
