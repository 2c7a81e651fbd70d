import Foundation
import Testing
import WeirCommands

/// What only a process of its own can show: signals and closed pipes.
@Suite struct ProcessTests {
    /// The tool as built beside the tests.
    static let tool = URL(fileURLWithPath: CommandLine.arguments[0]).deletingLastPathComponent()
        .appendingPathComponent("weir")

    static var isBuilt: Bool { FileManager.default.isExecutableFile(atPath: tool.path) }

    private func process(_ arguments: String..., output: Pipe, messages: Pipe) -> Process {
        let process = Process()
        process.executableURL = Self.tool
        process.arguments = arguments
        process.standardOutput = output
        process.standardError = messages
        return process
    }

    private func text(_ pipe: Pipe) -> String {
        String(decoding: pipe.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    }

    @Test(.enabled(if: isBuilt, "the tool is not built beside the tests"))
    func interruptStopsAWaitingRead() throws {
        let (input, output, messages) = (Pipe(), Pipe(), Pipe())
        let process = process("filter", output: output, messages: messages)
        process.standardInput = input
        try process.run()
        input.fileHandleForWriting.write(Data(try SampleCapture.three()))
        // A line shows that the capture was read and the signal is watched for.
        let first = output.fileHandleForReading.availableData
        #expect(first.starts(with: Data("01:46:40.123456 IP".utf8)))
        process.interrupt()
        process.waitUntilExit()
        #expect(process.terminationReason == .exit)
        #expect(process.terminationStatus == 130)
        #expect(
            text(messages).withoutTime
                == "3 packets read, 3 matched, 134 bytes, T s, R Mpps\nweir: interrupted after 3 packets\n")
        try input.fileHandleForWriting.close()
    }

    @Test(.enabled(if: isBuilt, "the tool is not built beside the tests"), arguments: [["-w", "-"], []])
    func aReaderThatLeavesEarlyIsNoError(arguments: [String]) throws {
        let folder = try TemporaryFolder()
        let packets = [[UInt8]](repeating: SampleCapture.udp, count: 50_000)
        try folder.write("in.pcap", try SampleCapture.pcap(packets))
        let (output, messages) = (Pipe(), Pipe())
        let process = process("filter", "-r", folder.path("in.pcap"), output: output, messages: messages)
        process.arguments?.append(contentsOf: arguments)
        try process.run()
        try output.fileHandleForWriting.close()
        _ = try output.fileHandleForReading.read(upToCount: 10)
        try output.fileHandleForReading.close()
        process.waitUntilExit()
        #expect(process.terminationReason == .exit)
        #expect(process.terminationStatus == 0)
        #expect(text(messages) == "")
    }

    @Test(
        .enabled(if: isBuilt, "the tool is not built beside the tests"),
        arguments: [
            (">&-", 1, "weir: standard output: cannot be written at byte 0: not an open descriptor (EBADF)\n"),
            ("2>&-", 0, ""),
            ("<&- >&- 2>&-", 1, ""),
        ])
    func missingStandardStreamsAreNotTakenForOthers(redirection: String, status: Int32, message: String) throws {
        let folder = try TemporaryFolder()
        try folder.write("in.pcap", try SampleCapture.three())
        let messages = Pipe()
        let process = process(
            "-c", "'\(Self.tool.path)' filter -r '\(folder.path("in.pcap"))' --count -q \(redirection)",
            output: Pipe(), messages: messages)
        process.executableURL = URL(fileURLWithPath: "/bin/sh")
        try process.run()
        process.waitUntilExit()
        #expect(process.terminationReason == .exit)
        #expect(process.terminationStatus == status)
        #expect(text(messages) == message)
    }
}
