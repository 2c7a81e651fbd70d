internal import Dispatch
internal import Glibc
internal import Synchronization

/// Whether the user asked to stop: a first SIGINT asks, a second one ends the process.
public final class Interruption: Sendable {
    /// The interruption of this process.
    static let shared = Interruption()

    private let flag = Atomic(false)

    /// Makes an interruption that only ``request()`` raises.
    public init() {}

    /// Whether to stop.
    public var isRequested: Bool { flag.load(ordering: .relaxed) }

    /// Asks to stop.
    public func request() { flag.store(true, ordering: .relaxed) }

    /// Turns SIGINT into requests, and makes writing to a closed pipe an error instead of the end of the process.
    ///
    /// - Returns: what watches for the signal, for as long as it is kept.
    func watchSignals() -> any DispatchSourceSignal {
        signal(SIGPIPE, SIG_IGN)
        signal(SIGINT, SIG_IGN)
        let watch = DispatchSource.makeSignalSource(signal: SIGINT, queue: .global(qos: .userInteractive))
        watch.setEventHandler { [self] in
            if isRequested { Glibc._exit(CommandStatus.interrupted.rawValue) }
            request()
        }
        watch.activate()
        return watch
    }
}
