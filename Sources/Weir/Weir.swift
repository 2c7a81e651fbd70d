// What users of the library need from the modules below, so that `import Weir` is enough.
@_exported public import BPFExecution
@_exported public import BPFMaps
@_exported public import BPFModel
@_exported public import BPFText
@_exported public import BPFVerifier
@_exported public import ByteStreams
@_exported public import ClassicBPF
@_exported public import PacketBuffers
@_exported public import PacketCapture
@_exported public import PacketFiles
@_exported public import PacketHeaders

/// The version of the library and of the tool.
public enum WeirVersion {
    /// The version as it is printed, by the rules of semantic versioning.
    public static let current = "0.1.0"
}
