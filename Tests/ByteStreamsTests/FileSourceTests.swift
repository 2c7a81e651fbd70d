import ByteStreams
import Foundation
import Testing

@Suite struct FileSourceTests {
    /// Reads a source to its end.
    static func readAll(_ source: any ByteSource, piece: Int = 1000) throws -> [UInt8] {
        var all: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: piece + 20)
        while true {
            let count = try source.read(into: &buffer, range: 10..<(10 + piece))
            if count == 0 { return all }
            all += buffer[10..<(10 + count)]
        }
    }

    @Test func `a file is read whole, and says how far`() throws {
        try FileSinkTests.inFolder { folder in
            let file = folder.appendingPathComponent("x")
            let bytes = (0..<5000).map { UInt8(truncatingIfNeeded: $0 &* 7) }
            try Data(bytes).write(to: file)
            let source = try FileSource(path: file.path)
            #expect(source.progress == StreamProgress(position: 0, size: 5000))
            #expect(try Self.readAll(source) == bytes)
            #expect(source.progress == StreamProgress(position: 5000, size: 5000))
        }
    }

    @Test func `a pipe that gives nothing ends when nobody wants more`() throws {
        let pipe = Pipe()
        pipe.fileHandleForWriting.write(Data([1, 2, 3]))
        let source = try FileSource(descriptor: dup(pipe.fileHandleForReading.fileDescriptor), name: "pipe")
        source.isCancelled = { true }
        var buffer = [UInt8](repeating: 0, count: 8)
        #expect(try source.read(into: &buffer, range: 0..<8) == 3)
        #expect(try source.read(into: &buffer, range: 0..<8) == 0)
        try pipe.fileHandleForWriting.close()
    }

    @Test func `a FIFO is read as it is written`() throws {
        try FileSinkTests.inFolder { folder in
            let path = folder.appendingPathComponent("fifo").path
            #expect(unsafe mkfifo(path, 0o600) == 0)
            let writer = Thread {
                guard let sink = try? FileSink(path: path) else { return }
                for _ in 0..<10 {
                    try? sink.write([1, 2, 3])
                    try? sink.flush()
                }
                try? sink.finish()
            }
            writer.start()
            let source = try FileSource(path: path)
            #expect(source.progress == nil)
            #expect(try Self.readAll(source).count == 30)
        }
    }

    @Test func `a non-blocking descriptor is waited for`() throws {
        let pipe = Pipe()
        let reading = dup(pipe.fileHandleForReading.fileDescriptor)
        #expect(fcntl(reading, F_SETFL, O_NONBLOCK) == 0)
        let source = try FileSource(descriptor: reading, name: "pipe")
        let end = dup(pipe.fileHandleForWriting.fileDescriptor)
        try pipe.fileHandleForWriting.close()
        Thread {
            usleep(20_000)
            let sink = FileSink(descriptor: end, name: "pipe")
            try? sink.write([1, 2, 3])
            try? sink.finish()
        }.start()
        #expect(try Self.readAll(source) == [1, 2, 3])
    }

    @Test func `nothing is written outside the range`() throws {
        let source = MemorySource([1, 2, 3, 4, 5])
        var buffer = [UInt8](repeating: 0, count: 6)
        #expect(try source.read(into: &buffer, range: 1..<3) == 2)
        #expect(buffer == [0, 1, 2, 0, 0, 0])
    }

    @Test func `a missing file says so`() {
        let error = #expect(throws: StreamError.self) { try FileSource(path: "/nonexistent/capture.pcap") }
        #expect(
            error?.description
                == "/nonexistent/capture.pcap: cannot be opened: no such file or directory (ENOENT)")
    }

    @Test func `a directory is no file`() {
        let error = #expect(throws: StreamError.self) { try FileSource(path: "/") }
        #expect(error?.description == "/: cannot be opened: is a directory (EISDIR)")
        #expect(error?.code == .cannotOpen)
    }
}
