import PacketBuffers

/// Reads a pcapng interface description block, and says what to write in one.
///
///     | 8: link type, reserved | 12: snap length | 16: options |
enum InterfaceDescription {
    static let minimumLength = 20

    private enum Code {
        static let name: UInt16 = 2
        static let description: UInt16 = 3
        static let resolution: UInt16 = 9
        static let filter: UInt16 = 11
        static let operatingSystem: UInt16 = 12
        static let secondsToAdd: UInt16 = 14
    }

    /// Reads the block that `bytes` holds; options that matter must be right, the others are passed over.
    static func read(_ bytes: Span<UInt8>, _ order: ByteOrder) throws(Damage) -> CaptureInterface {
        var interface = CaptureInterface(
            linkType: LinkType(rawValue: bytes.half(at: 8, order)), snapLength: bytes.word(at: 12, order))
        var cursor = OptionCursor(16..<(bytes.count - 4), order)
        var seen: Set<UInt16> = []
        while true {
            let place = cursor.offset
            guard let option = try cursor.next(in: bytes) else { return interface }
            let value = bytes.extracting(option.value)
            switch option.code {
            case OptionCursor.end:
                try expectLength(0, "the end of options", option, at: place)
                return interface
            case Code.resolution:
                try expectLength(1, "if_tsresol", option, at: place)
                try expectFirst("if_tsresol", option, &seen, at: place)
                guard let resolution = TimeResolution(option: value[0]) else {
                    throw .option("time resolution \(value[0]) is finer than 64 bits can count", at: place)
                }
                interface.resolution = resolution
            case Code.secondsToAdd:
                try expectLength(8, "if_tsoffset", option, at: place)
                try expectFirst("if_tsoffset", option, &seen, at: place)
                interface.secondsToAdd = Int64(bitPattern: value.doubleWord(at: 0, order))
            case Code.name: interface.name = value.text()
            case Code.description: interface.detail = value.text()
            case Code.filter: interface.filter = filterText(value)
            case Code.operatingSystem: interface.operatingSystem = value.text()
            default: break
            }
        }
    }

    /// The options that say of an interface what is not usual.
    static func options(_ interface: CaptureInterface, _ order: ByteOrder) -> [OptionWriting?] {
        [
            interface.name.map { (Code.name, Array($0.utf8)) },
            interface.detail.map { (Code.description, Array($0.utf8)) },
            interface.filter.map { (Code.filter, [0] + Array($0.utf8)) },
            interface.operatingSystem.map { (Code.operatingSystem, Array($0.utf8)) },
            interface.resolution == .microseconds ? nil : (Code.resolution, [interface.resolution.option]),
            interface.secondsToAdd == 0
                ? nil : (Code.secondsToAdd, [UInt8](number: UInt64(bitPattern: interface.secondsToAdd), order)),
        ]
    }

    /// The text of a filter option, whose first byte tells text (0) from code.
    private static func filterText(_ value: Span<UInt8>) -> String? {
        guard value.count > 1, value[0] == 0 else { return nil }
        return value.extracting(1..<value.count).text()
    }

    private static func expectLength(
        _ length: Int, _ name: String, _ option: OptionCursor.Option, at place: Int
    ) throws(Damage) {
        guard option.value.count == length else {
            throw .option("\(name) has \(option.value.count) bytes instead of \(length)", at: place)
        }
    }

    private static func expectFirst(
        _ name: String, _ option: OptionCursor.Option, _ seen: inout Set<UInt16>, at place: Int
    ) throws(Damage) {
        guard seen.insert(option.code).inserted else { throw .option("\(name) comes twice", at: place) }
    }
}
