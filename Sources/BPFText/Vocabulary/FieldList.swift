import BPFModel

/// The fields of a structure as they are written down or read: where the next one lies unless it says otherwise.
struct FieldList {
    private(set) var fields: [ValueLayout.Field] = []
    private(set) var size = 0
    /// The first bit behind the last field.
    private var end = 0

    /// Where the next field begins.
    var nextByte: Int { (end + 7) / 8 }

    /// Where the next bit-field lies: in the unit of its number that is begun, or in the next one.
    func nextBits(_ layout: ValueLayout, _ count: Int) -> (byte: Int, bit: Int) {
        let unit = max(1, layout.size * 8)
        let first = end / unit == (end + count - 1) / unit ? end : (end / unit + 1) * unit
        return (first / unit * layout.size, first % unit)
    }

    var layout: ValueLayout { ValueLayout(size: size, form: .structure(fields)) }

    mutating func add(_ name: String, _ layout: ValueLayout, at byte: Int? = nil) {
        let byte = byte ?? nextByte
        fields.append(ValueLayout.Field(name, offset: byte, layout))
        advance(to: (byte + layout.size) * 8, size: byte + layout.size)
    }

    mutating func add(_ name: String, _ layout: ValueLayout, bits count: Int, at place: (byte: Int, bit: Int)? = nil) {
        let place = place ?? nextBits(layout, count)
        fields.append(ValueLayout.Field(name, offset: place.byte, layout, bits: place.bit..<place.bit + count))
        advance(to: place.byte * 8 + place.bit + count, size: place.byte + layout.size)
    }

    mutating func skip(bytes: Int) {
        let byte = nextByte + bytes
        advance(to: byte * 8, size: byte)
    }

    mutating func skip(bits: Int) { advance(to: end + bits, size: (end + bits + 7) / 8) }

    private mutating func advance(to bit: Int, size: Int) {
        end = bit
        self.size = max(self.size, size)
    }
}

extension ValueLayout {
    /// Whether it is a number whose bits can be taken.
    var isNumber: Bool {
        switch form {
        case .unsigned, .signed, .hexadecimal, .choice: true
        case .network, .boolean, .ipv4, .ipv6, .mac, .text, .bytes, .structure, .array: false
        }
    }
}
