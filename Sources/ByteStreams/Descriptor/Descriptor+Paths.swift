internal import Glibc

/// What is done to files by their names, around writing them.
extension Descriptor {
    /// What the file system has under a path, a symbolic link counting as itself; nil where there is nothing.
    static func statusOfPath(_ path: String) throws(SystemError) -> FileStatus? {
        var status = stat()
        guard unsafe lstat(path, &status) < 0 else { return FileStatus(status) }
        let error = SystemError.last
        if error == .notFound { return nil }
        throw error
    }

    /// Gives the file the permissions of another one.
    borrowing func setPermissions(_ permissions: UInt32) throws(SystemError) {
        try Self.retrying { Int(fchmod(number, permissions)) }
    }

    /// Gives a file another name, replacing what has it.
    static func rename(_ path: String, to name: String) throws(SystemError) {
        guard unsafe Glibc.rename(path, name) == 0 else { throw .last }
    }

    /// Removes a file, if it is there.
    static func remove(_ path: String) { _ = unsafe unlink(path) }

    /// Makes write(2) fail with EPIPE where it would raise SIGPIPE.
    static func ignoreBrokenPipeSignal() { _ = signal(SIGPIPE, SIG_IGN) }
}
