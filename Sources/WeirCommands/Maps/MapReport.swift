internal import Weir

/// What `--map-dump` prints of a program's maps.
struct MapReport {
    private let maps: [(number: Int32, dump: MapDump)]

    /// Reads the maps of a program, in the order of their numbers.
    init(_ executable: Executable) throws(Errno) {
        var maps: [(Int32, MapDump)] = []
        for (number, map) in executable.maps.sorted(by: { $0.key < $1.key }) {
            maps.append((number, try MapDump(map)))
        }
        self.maps = maps
    }

    /// A heading for each map and a table of its entries.
    var lines: [String] { maps.flatMap { Self.lines($0.number, $0.dump) } }

    private static func lines(_ number: Int32, _ dump: MapDump) -> [String] {
        let spec = dump.spec
        let count = dump.entries.count
        var heading = "map \(number)\(spec.name.isEmpty ? "" : " \(spec.name)"): \(spec.type.name)"
        heading += ", \(count) \(spec.type.entryName(count))"
        if dump.lostRecords > 0 { heading += ", \(dump.lostRecords) lost" }
        guard count > 0 else { return [heading] }
        var columns: [String] = []
        let rows = dump.entries.map { entry in
            let cells = (entry.key.map { Self.cells("key", $0) } ?? []) + Self.cells("value", entry.value)
            for cell in cells where !columns.contains(cell.heading) { columns.append(cell.heading) }
            return Dictionary(cells.map { ($0.heading, $0) }) { first, _ in first }
        }
        var table = Table(
            columns.map { heading in
                let isNumber = rows.allSatisfy { $0[heading]?.isNumber ?? true }
                return isNumber ? .right(heading.uppercased()) : .left(heading.uppercased())
            })
        for row in rows { table.add(columns.map { row[$0]?.text ?? "" }) }
        return [heading] + table.lines
    }

    private struct Cell {
        let heading: String
        let text: String
        let isNumber: Bool
    }

    /// A cell for each field, named by its path; one where there are none.
    private static func cells(_ heading: String, _ value: ReadableValue, inside path: String = "") -> [Cell] {
        switch value {
        case .fields(let fields):
            return fields.flatMap { cells(path + $0.name, $0.value, inside: path + $0.name + ".") }
        case .unsigned, .signed: return [Cell(heading: heading, text: "\(value)", isNumber: true)]
        case .boolean, .text, .list: return [Cell(heading: heading, text: "\(value)".escaped, isNumber: false)]
        }
    }

    /// The maps as JSON.
    var json: JSONValue {
        .array(
            maps.map { number, dump in
                [
                    "number": .integer(Int64(number)), "name": .string(dump.spec.name),
                    "type": .string(dump.spec.type.name), "key_size": .count(dump.spec.keySize),
                    "value_size": .count(dump.spec.valueSize), "max_entries": .count(dump.spec.maxEntries),
                    "lost_records": .count(dump.lostRecords), "entries": .array(dump.entries.map(Self.json)),
                ]
            })
    }

    private static func json(_ entry: MapDump.Entry) -> JSONValue {
        guard let key = entry.key else { return ["value": json(entry.value)] }
        return ["key": json(key), "value": json(entry.value)]
    }

    private static func json(_ value: ReadableValue) -> JSONValue {
        switch value {
        case .unsigned(let number): .unsigned(number)
        case .signed(let number): .integer(number)
        case .boolean(let truth): .bool(truth)
        case .text(let text): .string(text)
        case .list(let values): .array(values.map(json))
        case .fields(let fields): .object(fields.map { JSONValue.Field($0.name, json($0.value)) })
        }
    }
}

extension MapType {
    /// What a map of this type has several of.
    fileprivate func entryName(_ count: Int) -> String {
        let isRing = self == .ringbuf || self == .perfEventArray
        return isRing ? (count == 1 ? "record" : "records") : (count == 1 ? "entry" : "entries")
    }
}
