internal import Glibc

/// An open file descriptor, closed when it goes.
///
/// The fence around open(2), read(2) and write(2). Its invariant: the part of an array handed to the system is
/// clamped to the array here, so no caller's range can reach outside it.
struct Descriptor: ~Copyable {
    let number: Int32
    private let closes: Bool

    /// Takes a descriptor over.
    ///
    /// - Parameters:
    ///   - number: an open descriptor.
    ///   - closes: whether to close it at the end; false for the standard streams.
    init(_ number: Int32, closes: Bool) {
        self.number = number
        self.closes = closes
    }

    deinit {
        if closes { _ = Glibc.close(number) }
    }

    /// Opens a file with the flags of open(2); O_CLOEXEC is added.
    static func open(_ path: String, _ flags: Int32) throws(SystemError) -> Descriptor {
        let number = try retrying { Int(unsafe Glibc.open(path, flags | O_CLOEXEC, 0o666)) }
        return Descriptor(Int32(truncatingIfNeeded: number), closes: true)
    }

    /// Reads what is there, up to the range's length; 0 at the end.
    func read(into buffer: inout [UInt8], range: Range<Int>) throws(SystemError) -> Int {
        let place = range.clamped(to: 0..<buffer.count)
        return try waiting(for: POLLIN) {
            unsafe buffer.withUnsafeMutableBytes { bytes in
                unsafe Glibc.read(number, bytes.baseAddress?.advanced(by: place.lowerBound), place.count)
            }
        }
    }

    /// Writes the beginning of the range, and says how many bytes of it.
    func write(_ bytes: [UInt8], range: Range<Int>) throws(SystemError) -> Int {
        let place = range.clamped(to: 0..<bytes.count)
        return try waiting(for: POLLOUT) {
            unsafe bytes.withUnsafeBytes { bytes in
                unsafe Glibc.write(number, bytes.baseAddress?.advanced(by: place.lowerBound), place.count)
            }
        }
    }

    /// Waits until reading would give something: bytes, the end, or an error.
    ///
    /// - Returns: whether that came within the time.
    func waitForInput(milliseconds: Int32) throws(SystemError) -> Bool {
        var wanted = pollfd(fd: number, events: Int16(POLLIN), revents: 0)
        return try Self.retrying { Int(unsafe poll(&wanted, 1, milliseconds)) } > 0
    }

    /// What the file system says of the file.
    func status() throws(SystemError) -> FileStatus {
        var status = stat()
        try Self.retrying { Int(unsafe fstat(number, &status)) }
        return FileStatus(status)
    }

    /// Closes the file and reports what the system could not write after all.
    consuming func close() throws(SystemError) {
        let number = self.number
        let closes = self.closes
        discard self
        guard closes, Glibc.close(number) < 0, SystemError.last != .interrupted else { return }
        throw SystemError.last
    }

    /// Makes a system call, and waits where the descriptor was left non-blocking by whoever opened it.
    private func waiting(for event: Int32, _ call: () -> Int) throws(SystemError) -> Int {
        while true {
            do {
                return try Self.retrying(call)
            } catch .wouldBlock {
                var request = pollfd(fd: number, events: Int16(truncatingIfNeeded: event), revents: 0)
                try Self.retrying { Int(unsafe poll(&request, 1, -1)) }
            }
        }
    }

    /// Makes a system call, again when a signal interrupted it, and turns -1 into the error.
    @discardableResult
    static func retrying(_ call: () -> Int) throws(SystemError) -> Int {
        while true {
            let result = call()
            if result >= 0 { return result }
            let error = SystemError.last
            guard error == .interrupted else { throw error }
        }
    }
}

/// The parts of stat(2) that matter to streams.
struct FileStatus {
    var isRegular: Bool
    var isDirectory: Bool
    var size: UInt64
    var permissions: UInt32

    init(_ status: stat) {
        isRegular = status.st_mode & S_IFMT == S_IFREG
        isDirectory = status.st_mode & S_IFMT == S_IFDIR
        size = UInt64(clamping: status.st_size)
        permissions = status.st_mode & 0o7777
    }
}
