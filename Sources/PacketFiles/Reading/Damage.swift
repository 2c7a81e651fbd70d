/// What is wrong with the bytes at hand, and at which of them.
///
/// The whole wording of the module is here; the reader adds the file's name and turns the place into a file offset.
struct Damage: Error {
    var code: CaptureError.Code
    /// An offset into the bytes that were looked at.
    var offset: Int
    var message: String

    private init(_ code: CaptureError.Code, at offset: Int = 0, _ message: String) {
        self.code = code
        self.offset = offset
        self.message = message
    }

    /// The same damage, seen from `distance` bytes further ahead.
    func moved(by distance: Int) -> Damage {
        var moved = self
        moved.offset &+= distance
        return moved
    }
}

extension Damage {
    static func unknownFormat(_ bytes: Span<UInt8>) -> Damage {
        if let known = ForeignFormat.allCases.first(where: { $0.recognises(bytes) }) {
            return Damage(.unknownFormat, known.description)
        }
        let start = (0..<min(bytes.count, 4)).map { hex(bytes[$0]) }.joined(separator: " ")
        return Damage(.unknownFormat, "not a pcap or pcapng file, it begins with \(start)")
    }

    static func empty() -> Damage { Damage(.unknownFormat, "not a capture file, it has no bytes") }

    static func unknownVersion(_ format: String, _ major: UInt16, _ minor: UInt16, known: String) -> Damage {
        Damage(.unknownVersion, "version \(major).\(minor) of \(format) is not known, only \(known)")
    }

    static func reservedLinkTypeBits(_ field: UInt32) -> Damage {
        Damage(.damaged, "link-type field 0x\(hex(field)) has reserved bits set (0x03ff0000)")
    }

    static func cutShort(_ what: String, at offset: Int, found: Int, needed: Int) -> Damage {
        Damage(.cutShort, at: offset, "the file ends after \(found) of the \(needed) bytes of a \(what)")
    }

    static func capturedLength(_ length: UInt32, at offset: Int, maximum: UInt32) -> Damage {
        Damage(.damaged, at: offset, "captured length \(length) exceeds the maximum of \(maximum) bytes a packet")
    }

    static func capturedLength(_ length: UInt32, at offset: Int, snapLength: UInt32) -> Damage {
        Damage(.damaged, at: offset, "captured length \(length) exceeds the interface's snap length \(snapLength)")
    }

    static func capturedLength(_ length: UInt32, at offset: Int, room: Int) -> Damage {
        Damage(.damaged, at: offset, "captured length \(length) exceeds the \(room) bytes its block has for it")
    }
}

extension Damage {
    static func sectionLength(_ length: UInt32, at offset: Int) -> Damage {
        Damage(.damaged, at: offset, "section header length \(length) is not within 28 and 1048576 bytes")
    }

    static func byteOrderMagic(_ magic: UInt32, at offset: Int) -> Damage {
        Damage(.damaged, at: offset, "section header has 0x\(hex(magic)) where 0x1a2b3c4d tells the byte order")
    }

    static func blockTooShort(_ length: UInt32, at offset: Int, needed: Int, _ what: String = "block") -> Damage {
        Damage(.damaged, at: offset, "\(what) length \(length) is below its minimum of \(needed) bytes")
    }

    static func blockTooLong(_ length: UInt32, at offset: Int, maximum: Int) -> Damage {
        Damage(.damaged, at: offset, "block length \(length) exceeds the maximum of \(maximum) bytes")
    }

    static func blockUnaligned(_ length: UInt32, at offset: Int) -> Damage {
        Damage(.damaged, at: offset, "block length \(length) is not a multiple of 4")
    }

    static func blockLengthsDiffer(_ first: UInt32, _ last: UInt32, at offset: Int) -> Damage {
        Damage(.damaged, at: offset, "block length is \(first) at its beginning and \(last) at its end")
    }

    static func unknownInterface(_ number: UInt32, at offset: Int, known: Int) -> Damage {
        let message =
            known == 0
            ? "packet comes before any interface description"
            : "packet names interface \(number), but its section has \(known)"
        return Damage(.damaged, at: offset, message)
    }

    static func noInterface(at offset: Int) -> Damage {
        Damage(.damaged, at: offset, "the file ends without an interface description")
    }

    static func tooManyInterfaces(at offset: Int, maximum: Int) -> Damage {
        Damage(.damaged, at: offset, "more than \(maximum) interfaces or sections")
    }

    static func option(_ text: String, at offset: Int) -> Damage {
        Damage(.damaged, at: offset, "interface description: \(text)")
    }
}

private func hex(_ number: some FixedWidthInteger & UnsignedInteger) -> String {
    let digits = String(number, radix: 16)
    return String(repeating: "0", count: number.bitWidth / 4 - digits.count) + digits
}
