import Foundation
import Testing

/// A target imports only what the README's module table gives it.
///
/// The package manager does not enforce this: an undeclared transitive import compiles.
@Suite struct LayeringTests {
    /// A row of the table: a target, its layer, and the targets and packages it may import.
    struct Module {
        let name: String
        let layer: Int
        let imports: Set<String>
    }

    /// The rows of the README's table, `| layer | target | one responsibility | imports |`.
    static func table() throws -> [Module] {
        try SourceTree.text("README.md").components(separatedBy: "\n").compactMap { line in
            let cells = line.split(separator: "|", omittingEmptySubsequences: false).map {
                $0.trimmingCharacters(in: .whitespaces).replacing("`", with: "")
            }
            guard cells.count == 6, let layer = Int(cells[1]) else { return nil }
            let imports = cells[4].split(separator: ",").map { $0.trimmingCharacters(in: .whitespaces) }
            return Module(name: cells[2], layer: layer, imports: Set(imports).subtracting(["–"]))
        }
    }

    /// What any target may import: the language's own modules.
    static let language: Set<String> = ["Swift", "Synchronization", "Glibc"]
    /// What only the layers users see may import.
    static let fromLayerSeven: Set<String> = ["Foundation", "FoundationEssentials", "Dispatch"]

    /// An import declaration with its attributes, access level and kind; captures the module.
    static func importLine() -> Regex<(Substring, Substring)> {
        /^\s*(?:(?:public|package|internal|private|fileprivate|@\w+(?:\([^)]*\))?)\s+)*import\s+(?:\w+\s+)?(\w+)/
    }

    @Test func everyTargetIsInTheTable() throws {
        let folders = try FileManager.default.contentsOfDirectory(
            atPath: SourceTree.root.appendingPathComponent("Sources").path)
        #expect(Set(folders) == Set(try Self.table().map(\.name)))
    }

    @Test func rowsNameOnlyRowsAboveThem() throws {
        let modules = try Self.table()
        let names = Set(modules.map(\.name))
        for (row, module) in modules.enumerated() {
            let above = Set(modules[..<row].map(\.name))
            #expect(module.imports.intersection(names).subtracting(above) == [], "\(module.name) points up")
            #expect(modules[..<row].allSatisfy { $0.layer <= module.layer }, "\(module.name) is out of order")
        }
    }

    @Test func everyImportIsInTheTable() throws {
        let modules = Dictionary(uniqueKeysWithValues: try Self.table().map { ($0.name, $0) })
        for file in SourceTree.swiftFiles(below: "Sources") {
            let module = try #require(modules[file.target], "\(file) is in no target of the table")
            var allowed = Self.language.union(module.imports)
            if module.layer >= 7 { allowed.formUnion(Self.fromLayerSeven) }
            for (number, text) in file.code {
                guard let match = text.firstMatch(of: Self.importLine()) else { continue }
                let name = String(match.1)
                #expect(allowed.contains(name), "\(file):\(number) imports \(name)")
            }
        }
    }
}
