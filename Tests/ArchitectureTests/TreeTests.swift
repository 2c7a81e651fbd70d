import Foundation
import Testing

/// The tree keeps its shape: few things at the top, one subject a file.
@Suite struct TreeTests {
    static let topLevel: Set<String> = [
        "Package.swift", "README.md", "LICENSE", "Sources", "Tests", "Captures", "Bench",
        ".ci", ".git", ".gitignore", ".swift-format", ".build", "Package.resolved", ".swiftpm",
    ]

    @Test func topLevelHasNothingElse() throws {
        let found = try FileManager.default.contentsOfDirectory(atPath: SourceTree.root.path)
        #expect(Set(found).subtracting(Self.topLevel) == [])
    }

    @Test(arguments: ["Sources", "Tests", "Bench/Sources"])
    func filesStayShort(folder: String) {
        for file in SourceTree.swiftFiles(below: folder) {
            #expect(file.lines.count <= 500, "\(file) has \(file.lines.count) lines: split it by subject")
        }
    }

    @Test func onlyCommandsPrint() throws {
        for file in SourceTree.swiftFiles(below: "Sources") where !["WeirCommands", "WeirTool"].contains(file.target) {
            for (number, text) in file.code {
                #expect(!text.contains(/\bprint\(/), "\(file):\(number) prints from a library")
            }
        }
    }
}
