import BPFModel
import Foundation
import Testing

/// The page on helpers shows the table the verifier and the engines read.
@Suite struct HelperTableTests {
    private static let page = URL(fileURLWithPath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        .appendingPathComponent("Sources/Weir/Weir.docc/Helpers.md")

    /// The table as the page must have it: a row for each helper, a column for each type of program.
    private static var table: [String] {
        let types = ProgramType.allCases
        let header = ["id", "helper"] + types.map(\.name) + ["maps", "needs"]
        let rows = HelperPrototype.all.sorted { $0.id < $1.id }.map { helper in
            ["\(helper.id)", "`\(helper.name)`"] + types.map { helper.programTypes.contains($0) ? "yes" : "–" }
                + [maps(helper), needs(helper)]
        }
        let rule = header.map { _ in "---" }
        return ([header, rule] + rows).map { "| " + $0.joined(separator: " | ") + " |" }
    }

    private static func maps(_ helper: HelperPrototype) -> String {
        let names = helper.mapTypes.sorted { $0.rawValue < $1.rawValue }.map(\.name)
        return names.isEmpty ? "–" : names.joined(separator: ", ")
    }

    private static func needs(_ helper: HelperPrototype) -> String {
        let needs = (helper.needsGPL ? ["GPL"] : []) + (helper.needsPrivilege ? ["privilege"] : [])
        return needs.isEmpty ? "–" : needs.joined(separator: ", ")
    }

    @Test func pageShowsEveryRow() throws {
        let lines = try String(contentsOf: Self.page, encoding: .utf8).components(separatedBy: "\n")
        let shown = lines.filter { $0.hasPrefix("|") }
        for row in Self.table where !shown.contains(row) { Issue.record("Helpers.md lacks this row:\n\(row)") }
        for row in shown where !Self.table.contains(row) { Issue.record("no helper is as this row says:\n\(row)") }
        #expect(shown.count == Self.table.count && shown.sorted() == Self.table.sorted(), "a row is there twice")
    }

    @Test func numbersAndNamesAreUnique() {
        #expect(Set(HelperPrototype.all.map(\.id)).count == HelperPrototype.all.count)
        #expect(Set(HelperPrototype.all.map(\.name)).count == HelperPrototype.all.count)
    }
}
