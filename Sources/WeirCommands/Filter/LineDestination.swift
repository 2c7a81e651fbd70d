internal import Weir

/// Prints a line for each packet.
struct LineDestination: PacketDestination {
    private let reader: CaptureReader
    private let console: Console
    private let json: Bool
    private var number: UInt64 = 0
    private var text: [UInt8] = []

    /// Prints on a console.
    ///
    /// - Parameters:
    ///   - reader: where the packets come from, which knows how finely their times were taken.
    ///   - console: where the lines go.
    ///   - json: whether a line is a JSON object.
    init(_ reader: CaptureReader, console: Console, json: Bool) {
        self.reader = reader
        self.console = console
        self.json = json
    }

    mutating func take(_ batch: borrowing PacketBatch, _ verdicts: [UInt32]) throws {
        let printers = reader.interfaces.map { PacketLine(fractionDigits: $0.resolution.fractionDigits) }
        let bytes = batch.storage.span
        text.removeAll(keepingCapacity: true)
        for (index, verdict) in verdicts.enumerated() {
            number &+= 1
            if verdict == 0 { continue }
            let record = batch.records[index]
            let packet = bytes.extracting(record.dataRange)
            let interface = Int(record.interface)
            let printer = interface < printers.count ? printers[interface] : PacketLine()
            if json {
                text += Array(Self.description(of: record, packet, number: number, by: printer).description.utf8)
            } else {
                printer.write(packet, of: record, to: &text)
            }
            text.append(UInt8(ascii: "\n"))
        }
        try console.print(text)
    }

    func flush() throws(StreamError) { try console.flush() }
    func finish(_ summary: CaptureSummary) throws(StreamError) { try console.flush() }

    /// A packet as `--json` shows it: its place in the capture, its time in nanoseconds since 1970, and its line.
    private static func description(
        of record: PacketRecord, _ packet: Span<UInt8>, number: UInt64, by printer: PacketLine
    ) -> JSONValue {
        var line: [UInt8] = []
        printer.write(packet, of: record, to: &line)
        return [
            "number": .unsigned(number), "nanoseconds": .unsigned(record.nanoseconds),
            "length": .count(record.originalLength), "captured": .count(record.capturedLength),
            "interface": .count(record.interface), "link_type": .count(record.linkType.rawValue),
            "line": .string(String(decoding: line, as: UTF8.self)),
        ]
    }
}

extension TimeResolution {
    /// How many digits of a second's fraction show a time as finely as it was taken, up to nanoseconds.
    fileprivate var fractionDigits: Int {
        switch self {
        case .decimal(let exponent): min(Int(exponent), 9)
        case .binary(let exponent): min((Int(exponent) * 3 + 9) / 10, 9)
        }
    }
}
