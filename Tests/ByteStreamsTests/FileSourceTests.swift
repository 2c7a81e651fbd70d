import ByteStreams
import Testing

@Suite struct FileSourceTests {
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
