import PacketFiles

/// Puts a capture file together number by number, so that a test shows what the bytes are.
struct HandMadeFile {
    var order: ByteOrder
    var bytes: [UInt8] = []

    init(_ order: ByteOrder) { self.order = order }

    mutating func half(_ number: UInt16) { append(number) }
    mutating func word(_ numbers: UInt32...) { for number in numbers { append(number) } }
    mutating func long(_ number: UInt64) { append(number) }
    mutating func raw(_ more: [UInt8]) { bytes += more }

    private mutating func append<Number: FixedWidthInteger>(_ number: Number) {
        let shifts = stride(from: 0, to: Number.bitWidth, by: 8).map { UInt8(truncatingIfNeeded: number >> $0) }
        bytes += order == .big ? shifts.reversed() : shifts
    }
}

// MARK: - pcap

extension HandMadeFile {
    /// A pcap header.
    static func pcap(
        _ order: ByteOrder, magic: UInt32 = 0xa1b2_c3d4, version: (UInt16, UInt16) = (2, 4),
        snapLength: UInt32 = 65535, linkType: UInt32 = 1
    ) -> HandMadeFile {
        var file = HandMadeFile(order)
        file.word(magic)
        file.half(version.0)
        file.half(version.1)
        file.word(0, 0, snapLength, linkType)
        return file
    }

    /// A pcap record; the lengths are those of the data where they aren't given.
    mutating func record(
        seconds: UInt32 = 0, fraction: UInt32 = 0, captured: UInt32? = nil, original: UInt32? = nil, _ data: [UInt8],
        extra: [UInt8] = []
    ) {
        word(seconds, fraction, captured ?? UInt32(data.count), original ?? UInt32(data.count))
        raw(extra + data)
    }
}

// MARK: - pcapng

extension HandMadeFile {
    /// A pcapng file of a section header.
    static func pcapng(_ order: ByteOrder) -> HandMadeFile {
        var file = HandMadeFile(order)
        file.section()
        return file
    }

    /// A block of any type; `body` is called with a file of the same byte order.
    mutating func block(_ type: UInt32, length: UInt32? = nil, last: UInt32? = nil, _ body: (inout Self) -> Void) {
        var inner = HandMadeFile(order)
        body(&inner)
        while inner.bytes.count % 4 != 0 { inner.bytes.append(0) }
        let real = UInt32(inner.bytes.count + 12)
        word(type, length ?? real)
        raw(inner.bytes)
        word(last ?? length ?? real)
    }

    mutating func section(
        magic: UInt32 = 0x1a2b_3c4d, version: (UInt16, UInt16) = (1, 0), length: UInt64 = .max,
        options: [(UInt16, [UInt8])] = []
    ) {
        block(0x0a0d_0d0a) { body in
            body.word(magic)
            body.half(version.0)
            body.half(version.1)
            body.long(length)
            body.options(options)
        }
    }

    mutating func interface(
        linkType: UInt16 = 1, snapLength: UInt32 = 65535, options: [(UInt16, [UInt8])] = []
    ) {
        block(1) { body in
            body.half(linkType)
            body.half(0)
            body.word(snapLength)
            body.options(options)
        }
    }

    mutating func enhanced(
        interface: UInt32 = 0, ticks: UInt64 = 0, captured: UInt32? = nil, original: UInt32? = nil, _ data: [UInt8],
        options: [(UInt16, [UInt8])] = []
    ) {
        block(6) { body in
            body.word(interface, UInt32(ticks >> 32), UInt32(truncatingIfNeeded: ticks))
            body.word(captured ?? UInt32(data.count), original ?? UInt32(data.count))
            body.raw(data)
            body.pad()
            body.options(options)
        }
    }

    mutating func simple(original: UInt32? = nil, _ data: [UInt8]) {
        block(3) { body in
            body.word(original ?? UInt32(data.count))
            body.raw(data)
        }
    }

    mutating func obsolete(interface: UInt16 = 0, ticks: UInt64 = 0, original: UInt32? = nil, _ data: [UInt8]) {
        block(2) { body in
            body.half(interface)
            body.half(0xffff)
            body.word(UInt32(ticks >> 32), UInt32(truncatingIfNeeded: ticks))
            body.word(UInt32(data.count), original ?? UInt32(data.count))
            body.raw(data)
        }
    }

    mutating func options(_ list: [(code: UInt16, value: [UInt8])]) {
        guard !list.isEmpty else { return }
        for option in list {
            half(option.code)
            half(UInt16(option.value.count))
            raw(option.value)
            pad()
        }
        word(0)
    }

    mutating func pad() {
        while bytes.count % 4 != 0 { bytes.append(0) }
    }
}
