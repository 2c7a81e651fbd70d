import BPFModel
import BPFText
import Foundation
import TestKit
import Testing

/// LLVM's assembler and disassembler, where they are installed and know BPF, agree with ours.
@Suite struct LLVMConformanceTests {
    @Test func randomInstructions() throws {
        var random = SeededRandom(seed: 7)
        let instructions = (0..<5000).map { _ in random.instruction() }.filter(Self.hasLLVMSpelling)
        let code = InstructionSequence(instructions)
        let text = Disassembler().lines(of: code).joined(separator: "\n") + "\n"
        guard let listing = try llvmListing(of: text) else {
            print("skipped: no clang and llvm-objdump for BPF in the path")
            return
        }
        let agreement = Agreement("LLVM's listing of \(code.count) instructions", engine: "assembler, disassembler")
        #expect(listing.count == code.count)
        for (line, instruction) in zip(listing, code) {
            let columns = line.split(separator: "\t")
            let bytes = columns.dropFirst().first.map { $0.filter { $0 != " " } } ?? ""
            agreement.compare(line, expected: InstructionSequence([instruction]).bytes.hex, found: bytes)
            let read = try? Assembler.assemble(line).code.first
            agreement.compare(line, expected: "\(instruction)", found: read.map { "\($0)" } ?? "unreadable")
        }
        #expect(agreement.report().isEmpty)
    }

    /// LLVM has no spelling for some, and drops or misreads a part of others.
    private static func hasLLVMSpelling(_ instruction: Instruction) -> Bool {
        switch instruction {
        case .call, .longJump: false
        case .loadWide(_, .value): true
        case .loadWide: false
        case .loadPacket(_, .indirect(_, let offset)): offset == 0
        case .alu, .negate, .moveSignExtended, .byteSwap, .load, .store, .atomic, .loadAcquire, .storeRelease,
            .loadPacket, .jump, .branch, .exit:
            true
        }
    }

    /// The lines `llvm-objdump` prints of what `clang` assembles.
    private func llvmListing(of text: String) throws -> [String]? {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("weir-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let source = folder.appendingPathComponent("code.s").path
        let object = folder.appendingPathComponent("code.o").path
        try text.write(toFile: source, atomically: true, encoding: .utf8)
        // Of several LLVMs, the objdump that belongs to this clang.
        guard try run("clang", "-target", "bpf", "-mcpu=v4", "-c", source, "-o", object) != nil,
            let objdump = try run("clang", "-print-prog-name=llvm-objdump")?.split(separator: "\n").first,
            let listing = try run(String(objdump), "-d", "--mcpu=v4", object)
        else { return nil }
        return listing.split(separator: "\n").map(String.init).filter {
            $0.first { $0 != " " }?.isWholeNumber == true && $0.contains(":\t")
        }
    }

    /// What a program prints, or nil where it isn't there or fails.
    private func run(_ arguments: String...) throws -> String? {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = arguments
        let output = Pipe()
        process.standardOutput = output
        process.standardError = FileHandle.nullDevice
        try process.run()
        let data = output.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        return process.terminationStatus == 0 ? String(decoding: data, as: UTF8.self) : nil
    }
}
