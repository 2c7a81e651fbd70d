import BPFModel

/// The texts of `bpf_trace_printk`: Linux's conversions, checked and written as Linux does.
///
/// `%d %i %u %x %X`, each with `l` or `ll`, `%c`, `%s`, `%p` and its kinds `%px %pK %ps %pS %pB %pks %pus %pi4 %pI4
/// %pi6 %pI6`, with flags `0 + - space` and a width; `%%`. Anything else is `EINVAL`.
///
/// Source: Linux, `bpf_bprintf_prepare`, and what the kernel prints.
struct TraceFormat {
    /// The text, as far as Linux's buffer holds it.
    private(set) var text: [UInt8] = []
    /// How long the whole text would be.
    private(set) var length = 0

    private let format: [UInt8]
    private let arguments: [UInt64]
    private let read: (UInt64, Int) -> [UInt8]?
    private var index = 0
    private var used = 0

    /// The longest text, and the longest of all strings in it.
    private static let longest = 1023
    private static let longestString = 511

    /// Writes a text.
    ///
    /// - Parameters:
    ///   - format: what `bpf_trace_printk` was given; it ends at the first 0.
    ///   - arguments: the values for conversions, at most three.
    ///   - read: bytes of the program's memory from an address on, as many as there are up to a number.
    /// - Throws: `EINVAL` for a format without end, a conversion Linux doesn't have, and more of them than arguments.
    init(_ format: [UInt8], _ arguments: [UInt64], read: @escaping (UInt64, Int) -> [UInt8]?) throws(Errno) {
        guard let end = format.firstIndex(of: 0) else { throw .invalid }
        self.format = Array(format[..<end])
        self.arguments = arguments
        self.read = read
        try write()
    }

    private mutating func write() throws(Errno) {
        while let byte = current {
            guard byte.isPrintable || byte.isSpace else { throw .invalid }
            index += 1
            if byte != UInt8(ascii: "%") {
                append(byte)
            } else if current == UInt8(ascii: "%") {
                index += 1
                append(byte)
            } else {
                guard used < arguments.count else { throw .invalid }
                used += 1
                try conversion(arguments[used - 1])
            }
        }
    }

    private var current: UInt8? { index < format.count ? format[index] : nil }
    private func isNext(_ character: Unicode.Scalar, ahead: Int = 0) -> Bool {
        index + ahead < format.count && format[index + ahead] == UInt8(ascii: character)
    }
    private mutating func skip(_ character: Unicode.Scalar) -> Bool {
        guard isNext(character) else { return false }
        index += 1
        return true
    }

    private mutating func append(_ byte: UInt8) {
        if text.count < Self.longest { text.append(byte) }
        length += 1
    }

    private mutating func conversion(_ value: UInt64) throws(Errno) {
        var field = Field()
        while let byte = current, field.take(flag: byte) { index += 1 }
        while let byte = current, field.take(digit: byte) { index += 1 }
        if skip("p") { return try pointer(value, field) }
        if skip("s") { return try string(at: value, field) }
        if skip("c") { return write(field.padded([UInt8(truncatingIfNeeded: value)])) }
        let isLong = skip("l")
        if isLong { _ = skip("l") }
        let bits = isLong ? value : UInt64(UInt32(truncatingIfNeeded: value))
        if skip("d") || skip("i") {
            let signed = isLong ? Int64(bitPattern: value) : Int64(Int32(truncatingIfNeeded: value))
            write(field.number(signed.magnitude, radix: 10, negative: signed < 0, signed: true))
        } else if skip("u") {
            write(field.number(bits, radix: 10))
        } else if skip("x") {
            write(field.number(bits, radix: 16))
        } else if skip("X") {
            write(field.number(bits, radix: 16, uppercase: true))
        } else {
            throw .invalid
        }
    }

    private mutating func write(_ field: Field.Text) {
        for _ in 0..<field.before { append(field.pad) }
        for byte in field.text { append(byte) }
        for _ in 0..<field.after { append(UInt8(ascii: " ")) }
    }

    /// Strings and plain pointers end before a space, a punctuation mark, or the end.
    private var isAtBoundary: Bool { current.map { $0.isSpace || $0.isPunctuation } ?? true }

    private mutating func string(at address: UInt64, _ field: Field) throws(Errno) {
        guard isAtBoundary else { throw .invalid }
        let bytes = read(address, Self.longestString) ?? []
        write(field.padded(Array(bytes.prefix { $0 != 0 })))
    }
}

// MARK: Pointers

extension TraceFormat {
    private mutating func pointer(_ value: UInt64, _ field: Field) throws(Errno) {
        if isAtBoundary { return write(field.pointer(Self.hidden(value))) }
        if isNext("s", ahead: 1), isNext("k") || isNext("u") {
            // Programs have no memory of users.
            let isOwn = isNext("k")
            index += 2
            return try string(at: isOwn ? value : 0, field)
        }
        if skip("K") {
            write(field.pointer(Self.hidden(value)))
        } else if skip("x") {
            write(field.pointer(value))
        } else if skip("s") || skip("S") || skip("B") {
            // There are no symbols here.
            write(field.padded(Array("0x\(String(value, radix: 16))".utf8)))
        } else {
            try address(at: value)
        }
        // Linux leaves out the letters and digits behind a pointer's kind.
        while let byte = current, byte.isAlphanumeric { index += 1 }
    }

    /// An IP address, whose width Linux leaves out of account.
    private mutating func address(at place: UInt64) throws(Errno) {
        let isPlain = isNext("I")
        guard skip("i") || skip("I") else { throw .invalid }
        let isShort = isNext("4")
        guard skip("4") || skip("6") else { throw .invalid }
        let size = isShort ? 4 : 16
        var bytes = read(place, size) ?? []
        if bytes.count < size { bytes = [UInt8](repeating: 0, count: size) }
        for (number, byte) in bytes.enumerated() {
            if isShort {
                if number > 0 { append(UInt8(ascii: ".")) }
                let digits = Array(String(byte).utf8)
                if !isPlain { for _ in digits.count..<3 { append(UInt8(ascii: "0")) } }
                for digit in digits { append(digit) }
            } else {
                if isPlain, number > 0, number.isMultiple(of: 2) { append(UInt8(ascii: ":")) }
                for digit in (byte < 16 ? "0" : "").utf8 { append(digit) }
                for digit in String(byte, radix: 16).utf8 { append(digit) }
            }
        }
    }

    /// What is shown of an address: always the same 32 bits, from which nobody learns where it is.
    private static func hidden(_ address: UInt64) -> UInt64 {
        if address == 0 { return 0 }
        return ((address &* 0x9e37_79b9_7f4a_7c15 ^ secret) &* 0xbf58_476d_1ce4_e5b9) &>> 32
    }

    private static let secret = UInt64.random(in: .min ... .max)
}
