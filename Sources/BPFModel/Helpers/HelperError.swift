/// Why a host can't have a helper of its own.
public struct HelperError: Error, Hashable, Sendable, CustomStringConvertible {
    /// What is wrong, and what is possible.
    public let description: String

    static func name(_ name: String) -> HelperError {
        HelperError(description: "'\(name)' is no name for a helper: it takes letters, digits and _")
    }

    static func reservedID(_ id: Int32) -> HelperError {
        HelperError(
            description: "helper number \(id) is Linux's to give; a host's own start at \(HelperTable.firstOwnID)")
    }

    static func takenID(_ id: Int32) -> HelperError {
        HelperError(description: "helper number \(id) is taken")
    }

    static func takenName(_ name: String) -> HelperError {
        HelperError(description: "helper name \(name) is taken")
    }

    static func tooManyArguments(_ count: Int) -> HelperError {
        HelperError(description: "a helper takes at most 5 arguments, not \(count)")
    }

    static func noSize(_ number: Int) -> HelperError {
        HelperError(description: "argument \(number) is memory: the next argument must be its size")
    }

    static func noMemory(_ number: Int) -> HelperError {
        HelperError(description: "argument \(number) is a size: the argument before it must be memory")
    }

    static func argument(_ number: Int) -> HelperError {
        HelperError(description: "argument \(number) is of a kind that only Linux's helpers take")
    }

    static let result = HelperError(description: "a host's helper gives a number or nothing")
}
