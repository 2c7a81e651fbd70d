import ByteStreams
import Foundation
import Testing

@Suite struct FileSinkTests {
    /// Runs a test in a folder of its own.
    static func inFolder(_ body: (URL) throws -> Void) throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("weir-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        try body(folder)
    }

    static func names(in folder: URL) throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted()
    }

    @Test func `a file appears under its name when it is whole`() throws {
        try Self.inFolder { folder in
            let file = folder.appendingPathComponent("capture")
            let sink = try FileSink(path: file.path)
            try sink.write([1, 2, 3])
            try sink.flush()
            #expect(try Self.names(in: folder).count == 1)
            #expect(!FileManager.default.fileExists(atPath: file.path))
            try sink.write([1, 2, 3, 4], range: 2..<4)
            try sink.finish()
            #expect(try Self.names(in: folder) == ["capture"])
            #expect(try Data(contentsOf: file) == Data([1, 2, 3, 3, 4]))
        }
    }

    @Test func `a sink that is given up leaves what was there`() throws {
        try Self.inFolder { folder in
            let file = folder.appendingPathComponent("capture")
            try Data([9]).write(to: file)
            do {
                let sink = try FileSink(path: file.path)
                try sink.write([UInt8](repeating: 1, count: 1 << 20))
            }
            #expect(try Self.names(in: folder) == ["capture"])
            #expect(try Data(contentsOf: file) == Data([9]))
        }
    }

    @Test func `a file replaced keeps its permissions`() throws {
        try Self.inFolder { folder in
            let file = folder.appendingPathComponent("capture").path
            _ = FileManager.default.createFile(atPath: file, contents: nil, attributes: [.posixPermissions: 0o600])
            let sink = try FileSink(path: file)
            try sink.finish()
            let attributes = try FileManager.default.attributesOfItem(atPath: file)
            #expect(attributes[.posixPermissions] as? Int == 0o600)
        }
    }

    @Test func `a file that appears at once grows`() throws {
        try Self.inFolder { folder in
            let file = folder.appendingPathComponent("capture")
            let sink = try FileSink(path: file.path, appearance: .atOnce)
            try sink.write([1, 2])
            try sink.flush()
            #expect(try Data(contentsOf: file) == Data([1, 2]))
            try sink.finish()
        }
    }

    @Test func `a symbolic link stays one`() throws {
        try Self.inFolder { folder in
            let file = folder.appendingPathComponent("capture")
            let link = folder.appendingPathComponent("link")
            try Data([9]).write(to: file)
            try FileManager.default.createSymbolicLink(at: link, withDestinationURL: file)
            let sink = try FileSink(path: link.path)
            try sink.write([1])
            try sink.finish()
            #expect(try Data(contentsOf: file) == Data([1]))
            #expect(try Self.names(in: folder) == ["capture", "link"])
        }
    }

    @Test func `a file is the same by every name`() throws {
        try Self.inFolder { folder in
            let (file, other) = (folder.appendingPathComponent("file"), folder.appendingPathComponent("other"))
            let (link, name) = (folder.appendingPathComponent("link"), folder.appendingPathComponent("name"))
            for file in [file, other] { try Data([9]).write(to: file) }
            try FileManager.default.createSymbolicLink(at: link, withDestinationURL: file)
            try FileManager.default.linkItem(at: file, to: name)
            let identity = FileIdentity(ofFileAt: file.path)
            #expect(identity != nil)
            #expect(FileIdentity(ofFileAt: link.path) == identity)
            #expect(FileIdentity(ofFileAt: name.path) == identity)
            #expect(FileIdentity(ofFileAt: other.path) != identity)
            for path in [folder.path, "/dev/null", "/nonexistent/x", ""] {
                #expect(FileIdentity(ofFileAt: path) == nil)
            }
        }
    }

    @Test func `pieces of every size arrive in order`() throws {
        try Self.inFolder { folder in
            let file = folder.appendingPathComponent("capture")
            let bytes = (0..<1_000_000).map { UInt8(truncatingIfNeeded: $0 &* 31) }
            let sink = try FileSink(path: file.path)
            var position = 0
            for length in [1, 262_143, 1, 2, 262_144, 300_000, 5, 0, 175_704] {
                try sink.write(bytes, range: position..<(position + length))
                position += length
            }
            #expect(position == bytes.count)
            try sink.finish()
            #expect(try Data(contentsOf: file) == Data(bytes))
        }
    }

    @Test func `what can't be written says why`() throws {
        let missing = #expect(throws: StreamError.self) { try FileSink(path: "/nonexistent/x") }
        #expect(missing?.description == "/nonexistent/x: cannot be opened: no such file or directory (ENOENT)")
        let nameless = #expect(throws: StreamError.self) { try FileSink(path: "") }
        #expect(nameless?.description == "'': cannot be opened: no such file or directory (ENOENT)")
        let full = try FileSink(path: "/dev/full")
        let error = #expect(throws: StreamError.self) {
            try full.write([1])
            try full.finish()
        }
        #expect(error?.description == "/dev/full: cannot be written at byte 0: no space left on the device (ENOSPC)")
        #expect(error?.code == .cannotWrite)
    }

    @Test func `a pipe nobody reads is an error of its own`() throws {
        FileSink.reportBrokenPipes()
        let pipe = Pipe()
        let sink = FileSink(descriptor: dup(pipe.fileHandleForWriting.fileDescriptor), name: "pipe")
        try pipe.fileHandleForReading.close()
        let error = #expect(throws: StreamError.self) {
            try sink.write([1])
            try sink.flush()
        }
        #expect(error?.code == .brokenPipe)
        #expect(error?.description == "pipe: cannot be written at byte 0: nobody reads the pipe any more (EPIPE)")
    }
}
