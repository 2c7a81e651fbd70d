import Testing

/// Unsafe code stays in the few places made for it; everything else is safe Swift.
@Suite struct FenceTests {
    /// The places, and what each of them exists for.
    static let fence: [(folder: String, reason: String)] = [
        ("Sources/BPFExecution/Interpreter/", "the loop that runs verified code without checks"),
        ("Sources/BPFExecution/GuestMemory/", "the memory programs see"),
        ("Sources/BPFMaps/Storage/", "map memory with stable addresses"),
        ("Sources/ByteStreams/Descriptor/", "read(2) and write(2) on file descriptors"),
        ("Sources/ByteStreams/Compression/", "the C interfaces of the compression libraries"),
        ("Sources/LinuxBPF/SystemCall/", "the addresses bpf(2) takes"),
        ("Sources/PacketCapture/", "the C interface of libpcap"),
    ]

    @Test func unsafeCodeIsInsideTheFence() {
        for file in SourceTree.swiftFiles(below: "Sources") {
            if Self.fence.contains(where: { file.path.hasPrefix($0.folder) }) { continue }
            for (number, text) in file.code {
                #expect(
                    !text.contains(/\b(unsafe|Unsafe\w*|@unsafe|unsafeBitCast|nonisolated\(unsafe\))/),
                    "\(file):\(number) is outside the fence: \(text)")
            }
        }
    }

    @Test func uncheckedSendableSaysWhy() {
        for file in SourceTree.swiftFiles(below: "Sources") {
            for (number, text) in file.code where text.contains("@unchecked Sendable") {
                let above = file.lines[max(0, number - 8)..<number].joined(separator: "\n")
                #expect(above.contains("because"), "\(file):\(number): no comment says why it is safe")
            }
        }
    }

    @Test func noForcedUnwrapping() {
        for file in SourceTree.swiftFiles(below: "Sources") {
            for (number, text) in file.code {
                #expect(!text.contains(/\b(try!|as!|fatalError\()/), "\(file):\(number): \(text)")
            }
        }
    }

    @Test func onlyTestsOpenTheUnprovenDoor() {
        for file in SourceTree.swiftFiles(below: "Sources") where file.target != "BPFVerifier" {
            for (number, text) in file.code {
                #expect(!text.contains("unproven("), "\(file):\(number) runs a program that nobody verified")
            }
        }
    }
}
