/// The bytes of a text with the place of the next one.
struct Characters {
    /// A place to come back to.
    struct Mark {
        let offset: Int
        let position: SourcePosition
    }

    private let bytes: [UInt8]
    private var offset = 0
    private var line = 1
    private var column = 1

    init(_ text: String) { bytes = Array(text.utf8) }

    /// The next byte, or nil at the end.
    var current: UInt8? { offset < bytes.count ? bytes[offset] : nil }
    /// The byte after the next.
    var next: UInt8? { offset + 1 < bytes.count ? bytes[offset + 1] : nil }
    /// The bytes from here to the end of the line.
    var rest: ArraySlice<UInt8> { bytes[offset...].prefix { $0 != UInt8(ascii: "\n") } }
    var position: SourcePosition { SourcePosition(line: line, column: column) }
    var mark: Mark { Mark(offset: offset, position: position) }

    func starts(with prefix: [UInt8]) -> Bool {
        guard offset + prefix.count <= bytes.count else { return false }
        for (index, byte) in prefix.enumerated() where bytes[offset + index] != byte { return false }
        return true
    }

    func text(from mark: Mark) -> String { String(decoding: bytes[mark.offset..<offset], as: UTF8.self) }

    mutating func advance(_ count: Int = 1) {
        for _ in 0..<count where offset < bytes.count {
            let byte = bytes[offset]
            offset += 1
            if byte == UInt8(ascii: "\n") {
                line += 1
                column = 1
            } else if !Self.continuesCharacter(byte) {
                column += 1
            }
        }
    }

    /// Advances over a whole character, which may have several bytes.
    mutating func advanceCharacter() {
        advance()
        skip(while: Self.continuesCharacter)
    }

    mutating func skip(while condition: (UInt8) -> Bool) {
        while let byte = current, condition(byte) { advance() }
    }

    mutating func skipLine() { skip { $0 != UInt8(ascii: "\n") } }
}

extension Characters {
    static func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 || byte == 0x0d }
    static func isDigit(_ byte: UInt8) -> Bool { byte >= UInt8(ascii: "0") && byte <= UInt8(ascii: "9") }
    static func continuesName(_ byte: UInt8) -> Bool { startsName(byte) || isDigit(byte) }

    /// Names may start with a dot, as directives and local labels do.
    static func startsName(_ byte: UInt8) -> Bool {
        switch byte | 0x20 {
        case UInt8(ascii: "a")...UInt8(ascii: "z"): true
        default: byte == UInt8(ascii: "_") || byte == UInt8(ascii: ".")
        }
    }

    static func isHexDigit(_ byte: UInt8) -> Bool {
        isDigit(byte) || (byte | 0x20 >= UInt8(ascii: "a") && byte | 0x20 <= UInt8(ascii: "f"))
    }

    private static func continuesCharacter(_ byte: UInt8) -> Bool { byte & 0xc0 == 0x80 }
}
