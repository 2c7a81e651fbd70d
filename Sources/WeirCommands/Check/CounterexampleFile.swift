internal import Weir

/// What came of the search for a packet on which a refused program does wrong.
struct CounterexampleFile {
    private let path: String
    private let program: ProgramSpec
    private let example: Counterexample?

    /// Searches, and writes what is found as the only packet of a pcap file; nil where the program is safe.
    static func search(for report: CheckReport, to path: String) throws -> CounterexampleFile? {
        guard let rejection = report.rejection else { return nil }
        let example = Counterexample.find(for: rejection)
        if let example { try write(example, to: path) }
        return CounterexampleFile(path: path, program: rejection.program, example: example)
    }

    private static func write(_ example: Counterexample, to path: String) throws {
        let count = UInt32(example.packet.count)
        let record = PacketRecord(
            dataOffset: 0, recordOffset: 0, recordLength: example.packet.count,
            nanoseconds: example.metadata.nanoseconds, capturedLength: count,
            originalLength: example.metadata.originalLength ?? count, linkType: .ethernet)
        let sink = try FileSink(path: path)
        let writer = try PcapWriter(to: sink, PcapHeader(linkType: .ethernet))
        try writer.write(record, in: example.packet)
        try sink.finish()
    }

    /// What was found and where it is, or that nothing was.
    var lines: [String] {
        guard let example else {
            return [
                "counterexample: none was found, which doesn't make the program safe; \(path) is not written"
            ]
        }
        let written = "counterexample: \(Quantity.count(example.packet.count, "byte")) in \(path): \(example.fault)"
        let context =
            (context(of: example).map { "\($0) = \($1)" }
            + example.entries.map { "key \(Hexadecimal.digits($0.key)) in map \(name(of: $0.map))" })
            .joined(separator: ", ")
        return [written] + (context.isEmpty ? [] : ["with \(context), which a capture can't hold"])
    }

    var json: JSONValue {
        guard let example else { return .null }
        return [
            "file": .string(path), "packet": .string(Hexadecimal.digits(example.packet)),
            "fault": .string("\(example.fault)"),
            "context": .object(context(of: example).map { JSONValue.Field($0, .unsigned($1)) }),
            "entries": .array(
                example.entries.map {
                    ["map": .integer(Int64($0.map)), "key": .string(Hexadecimal.digits($0.key))]
                }),
        ]
    }

    private func name(of map: Int32) -> String {
        program.maps[map].flatMap { $0.name.isEmpty ? nil : $0.name } ?? "\(map)"
    }

    private func context(of example: Counterexample) -> [(String, UInt64)] {
        example.fields.map { ($0.name, UInt64($0.value)) }
            + (example.seed == 0 ? [] : [("seed of bpf_get_prandom_u32", example.seed)])
    }
}
