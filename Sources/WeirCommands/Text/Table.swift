/// Rows of text with their columns lined up.
package struct Table {
    /// Where a column's text goes within its width.
    package enum Alignment: Sendable {
        case left, right
    }

    /// A column's heading, and where its text goes.
    package struct Column: Sendable {
        package var heading: String
        package var alignment: Alignment

        /// A column of text, which begins at its left edge.
        package static func left(_ heading: String) -> Column { Column(heading: heading, alignment: .left) }

        /// A column of numbers, which end at its right edge.
        package static func right(_ heading: String) -> Column { Column(heading: heading, alignment: .right) }
    }

    private let columns: [Column]
    private var rows: [[String]] = []

    /// Starts a table without rows.
    package init(_ columns: [Column]) { self.columns = columns }

    /// Adds a row; missing cells are empty, and there are at most as many as columns.
    package mutating func add(_ cells: [String]) { rows.append(cells) }

    /// The heading line and a line for each row, two spaces between columns, nothing behind the last cell.
    package var lines: [String] {
        let cells = [columns.map(\.heading)] + rows
        let widths = columns.indices.map { column in
            cells.map { column < $0.count ? $0[column].count : 0 }.max() ?? 0
        }
        return cells.map { row in
            let parts = columns.indices.map { column in
                let text = column < row.count ? row[column] : ""
                let space = String(repeating: " ", count: widths[column] - text.count)
                return columns[column].alignment == .left ? text + space : space + text
            }
            let line = parts.joined(separator: "  ")
            return String(line.reversed().drop { $0 == " " }.reversed())
        }
    }
}
