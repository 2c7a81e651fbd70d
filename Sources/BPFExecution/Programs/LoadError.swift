public import BPFModel

/// Why a program can't be made ready to run.
public struct LoadError: Error, Hashable, Sendable {
    /// What is missing or doesn't fit.
    public enum Reason: Hashable, Sendable {
        /// No live map was given for a number the program uses.
        case missingMap(Int32)
        /// The live map isn't the one the program was verified against.
        case differentMap(Int32, live: MapSpec, verified: MapSpec)
        /// The `prog_array` holds programs of another type, with another entry, or on another engine: `EINVAL` in Linux.
        case otherPrograms(Int32)
        /// A 64-bit immediate names something no engine has.
        case unsupportedImmediate(WideImmediate)
        /// A call names a function no engine has.
        case unsupportedCall(CallTarget)
        /// A helper of the host's isn't the one the program was verified with.
        case differentHelper(String)
        /// A jump or call leads to no instruction.
        case invalidTarget(Int32)
        /// The interpreter accepts only verified programs.
        case unverified
    }

    /// The instruction, or nil where the program as a whole is meant.
    public let instruction: Int?
    /// What is missing or doesn't fit.
    public let reason: Reason

    static func missingMap(_ number: Int32) -> LoadError {
        LoadError(instruction: nil, reason: .missingMap(number))
    }

    static func differentMap(_ number: Int32, live: MapSpec, verified: MapSpec) -> LoadError {
        LoadError(instruction: nil, reason: .differentMap(number, live: live, verified: verified))
    }

    static func otherPrograms(_ number: Int32) -> LoadError {
        LoadError(instruction: nil, reason: .otherPrograms(number))
    }

    static func unsupported(_ immediate: WideImmediate, at index: Int) -> LoadError {
        LoadError(instruction: index, reason: .unsupportedImmediate(immediate))
    }

    static func unsupported(_ call: CallTarget, at index: Int) -> LoadError {
        LoadError(instruction: index, reason: .unsupportedCall(call))
    }

    static func differentHelper(_ name: String, at index: Int) -> LoadError {
        LoadError(instruction: index, reason: .differentHelper(name))
    }

    static func invalidTarget(_ offset: Int32, at index: Int) -> LoadError {
        LoadError(instruction: index, reason: .invalidTarget(offset))
    }
}

extension LoadError: CustomStringConvertible {
    /// One line: the instruction and what is missing.
    public var description: String {
        guard let instruction else { return "\(reason)" }
        return "instruction \(instruction): \(reason)"
    }
}

extension LoadError.Reason: CustomStringConvertible {
    /// What is missing or doesn't fit, in words.
    public var description: String {
        switch self {
        case .missingMap(let number):
            "the program uses map \(number), but no live map was given for it"
        case .differentMap(let number, let live, let verified):
            "map \(number) was verified as \(Self.text(verified)), but the live map is \(Self.text(live))"
        case .otherPrograms(let number):
            "map \(number) is for programs of another type, with another entry, or on another engine; "
                + "programs that call each other must be alike"
        case .unsupportedImmediate(let immediate):
            "64-bit immediate \(immediate) names nothing this engine has"
        case .unsupportedCall(.helper(let id)):
            "helper \(id) is not implemented"
        case .unsupportedCall(.platform(let id)):
            "platform function \(id) does not exist here"
        case .unsupportedCall(.local(let offset)), .invalidTarget(let offset):
            "offset \(offset) leads to no instruction"
        case .differentHelper(let name):
            "helper \(name) takes or gives something else than when the program was verified"
        case .unverified:
            "only verified programs run on the interpreter; ask for the reference engine"
        }
    }

    private static func text(_ spec: MapSpec) -> String {
        "\(spec.type.name) of \(spec.maxEntries) entries, keys of \(spec.keySize) and values of \(spec.valueSize) bytes, "
            + "flags 0x\(String(spec.flags.rawValue, radix: 16))"
    }
}
