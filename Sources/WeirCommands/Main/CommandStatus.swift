/// How a command ended, as the shell sees it.
public struct CommandStatus: RawRepresentable, Hashable, Sendable {
    /// The status of the process, 0 through 255.
    public var rawValue: Int32

    /// Wraps a status.
    public init(rawValue: Int32) { self.rawValue = rawValue }

    /// Everything that was asked for was done; also where the reader of the output left early.
    public static let done = CommandStatus(rawValue: 0)
    /// Something could not be done, or not to the end.
    public static let failed = CommandStatus(rawValue: 1)
    /// The arguments make no sense.
    public static let usage = CommandStatus(rawValue: 2)
    /// SIGINT ended the work early; what was done until then is reported.
    public static let interrupted = CommandStatus(rawValue: 130)
}
