internal import Glibc

/// Which regular file something is, whatever name or link it goes by.
public struct FileIdentity: Hashable, Sendable {
    private var device: UInt64
    private var index: UInt64

    /// Identifies the regular file a path leads to; nil where there is none, or something else.
    ///
    /// - Parameter path: the file; links are followed, so `/dev/stdin` is the file standard input reads.
    public init?(ofFileAt path: String) {
        var status = stat()
        guard unsafe stat(path, &status) == 0, FileStatus(status).isRegular else { return nil }
        device = UInt64(status.st_dev)
        index = UInt64(status.st_ino)
    }
}
