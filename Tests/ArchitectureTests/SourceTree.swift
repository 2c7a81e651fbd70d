import Foundation

/// The project's own files, as the checks below read them.
enum SourceTree {
    static let root = URL(fileURLWithPath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

    /// One Swift file of the project.
    struct File: CustomStringConvertible {
        /// The path from the project's root, such as `Sources/BPFModel/Maps/MapSpec.swift`.
        let path: String
        let lines: [String]

        /// The second part of the path: the target's folder.
        var target: String { String(path.split(separator: "/")[1]) }

        /// The lines with their numbers, comments and string literals cut away.
        var code: [(number: Int, text: String)] {
            lines.enumerated().map { ($0 + 1, Self.codePart(of: $1)) }
        }

        var description: String { path }

        private static func codePart(of line: String) -> String {
            let withoutStrings = line.replacing(/"(\\.|[^"\\])*"/, with: "\"\"")
            return String(withoutStrings.split(separator: "//", omittingEmptySubsequences: false)[0])
        }
    }

    /// Every Swift file below a folder of the project, in the order of the paths.
    static func swiftFiles(below folder: String) -> [File] {
        let base = root.appendingPathComponent(folder)
        let paths = FileManager.default.enumerator(atPath: base.path)?.compactMap { $0 as? String } ?? []
        return paths.filter { $0.hasSuffix(".swift") }.sorted().map { path in
            let text = (try? String(contentsOf: base.appendingPathComponent(path), encoding: .utf8)) ?? ""
            return File(path: "\(folder)/\(path)", lines: text.components(separatedBy: "\n"))
        }
    }

    /// The text of a file of the project.
    static func text(_ path: String) throws -> String {
        try String(contentsOf: root.appendingPathComponent(path), encoding: .utf8)
    }
}
