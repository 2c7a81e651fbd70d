public import ByteStreams
public import PacketFiles

/// Why packets do not flow, or not further.
public enum PipelineError: Error, Hashable, Sendable, CustomStringConvertible {
    /// The source of the packets could not be opened.
    case source(StreamError)
    /// The capture is damaged or cut short, or could not be read further; the packets before the place were delivered.
    case capture(CaptureError)
    /// The filter cannot be used on packets of the capture.
    case filter(SelectionError)

    /// What happened, where, and what to do.
    public var description: String {
        switch self {
        case .source(let error): error.description
        case .capture(let error): error.description
        case .filter(let error): error.description
        }
    }
}
