/// A program before it is loaded: an inert value, the same whenever it is read from the same source.
public struct ProgramSpec: Hashable, Sendable {
    /// A name for people; may be empty.
    public var name: String
    /// What the program will be attached to.
    public var type: ProgramType
    /// The licence; some helpers may only be called by GPL-compatible programs.
    public var license: String
    /// The instructions.
    public var code: InstructionSequence
    /// The maps the instructions name, by the number they name them with (``WideImmediate/map(_:)``).
    public var maps: [Int32: MapSpec]

    /// Makes a specification from its parts.
    public init(
        name: String = "", type: ProgramType, license: String = "GPL", code: InstructionSequence,
        maps: [Int32: MapSpec] = [:]
    ) {
        self.name = name
        self.type = type
        self.license = license
        self.code = code
        self.maps = maps
    }

    /// Whether the licence is one that Linux takes as compatible with the GPL.
    ///
    /// Source: Linux, `license_is_gpl_compatible`.
    public var isGPLCompatible: Bool {
        [
            "GPL", "GPL v2", "GPL and additional rights", "Dual BSD/GPL", "Dual MIT/GPL", "Dual MPL/GPL",
        ].contains(license)
    }
}
