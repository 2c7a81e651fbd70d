public import BPFModel
import PacketHeaders

/// Bytes of a map as people read them.
public indirect enum ReadableValue: Hashable, Sendable {
    /// A number without a sign.
    case unsigned(UInt64)
    /// A number with a sign.
    case signed(Int64)
    /// True or false.
    case boolean(Bool)
    /// An address, a name, text, or digits in hexadecimal.
    case text(String)
    /// Values of one layout.
    case list([ReadableValue])
    /// Values with names.
    case fields([Field])

    /// A value with a name.
    public struct Field: Hashable, Sendable {
        /// The name.
        public let name: String
        /// The value.
        public let value: ReadableValue
    }

    /// Reads bytes by a layout; without one that fits them, they are shown in hexadecimal.
    public init(_ bytes: some Collection<UInt8>, _ layout: ValueLayout?) {
        let bytes = Array(bytes)
        guard let layout, layout.size == bytes.count, let value = Self.read(bytes, layout) else {
            self = Self.hexadecimal(bytes)
            return
        }
        self = value
    }

    private static func hexadecimal(_ bytes: [UInt8]) -> ReadableValue {
        .text(bytes.map(digits).joined(separator: " "))
    }

    private static func digits(_ byte: UInt8) -> String { (byte < 16 ? "0" : "") + String(byte, radix: 16) }

    /// Nil where a layout has a size that its form can't have.
    private static func read(_ bytes: [UInt8], _ layout: ValueLayout) -> ReadableValue? {
        switch layout.form {
        case .unsigned, .signed, .hexadecimal, .choice:
            guard bytes.count <= 8 else { return nil }
            return number(little(bytes), bits: bytes.count * 8, layout.form)
        case .network:
            guard bytes.count <= 8 else { return nil }
            return .unsigned(little(bytes.reversed()))
        case .boolean: return .boolean(bytes.contains { $0 != 0 })
        case .ipv4:
            guard bytes.count == 4 else { return nil }
            return .text("\(IPv4Address(rawValue: UInt32(truncatingIfNeeded: little(bytes.reversed()))))")
        case .ipv6:
            guard bytes.count == 16 else { return nil }
            return .text("\(IPv6Address(high: little(bytes[..<8].reversed()), low: little(bytes[8...].reversed())))")
        case .mac:
            guard bytes.count == 6 else { return nil }
            return .text("\(MACAddress(rawValue: little(bytes.reversed())))")
        case .text: return .text(String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self))
        case .bytes: return hexadecimal(bytes)
        case .structure(let fields): return .fields(fields.map { Field(name: $0.name, value: read(bytes, $0)) })
        case .array(let element, let count):
            guard element.size * count == bytes.count else { return nil }
            return .list(
                (0..<count).map { ReadableValue(bytes[$0 * element.size..<($0 + 1) * element.size], element) })
        }
    }

    /// A field of a structure; bytes that aren't there read as none.
    private static func read(_ bytes: [UInt8], _ field: ValueLayout.Field) -> ReadableValue {
        guard field.offset >= 0, field.layout.size >= 0, field.offset <= bytes.count - field.layout.size else {
            return .text("")
        }
        let own = bytes[field.offset..<field.offset + field.layout.size]
        guard let bits = field.bits, own.count <= 8 else { return ReadableValue(own, field.layout) }
        let width = min(bits.count, 64)
        let mask: UInt64 = width == 64 ? .max : 1 << UInt64(width) - 1
        return number(little(own) >> UInt64(bits.lowerBound) & mask, bits: width, field.layout.form)
    }

    /// A number of so many bits, of which none above is set.
    private static func number(_ value: UInt64, bits: Int, _ form: ValueLayout.Form) -> ReadableValue {
        let shift = UInt64(64 - min(max(bits, 0), 64))
        let signed = Int64(bitPattern: value << shift) >> Int64(shift)
        switch form {
        case .signed: return .signed(signed)
        case .hexadecimal: return .text("0x" + String(value, radix: 16))
        case .choice(let choices):
            let known = choices.first { UInt64(bitPattern: $0.value) == value || $0.value == signed }
            return known.map { .text($0.name) } ?? .unsigned(value)
        case .unsigned, .network, .boolean, .ipv4, .ipv6, .mac, .text, .bytes, .structure, .array:
            return .unsigned(value)
        }
    }

    private static func little(_ bytes: some BidirectionalCollection<UInt8>) -> UInt64 {
        bytes.reversed().reduce(0) { $0 << 8 | UInt64($1) }
    }
}

extension ReadableValue: CustomStringConvertible {
    /// The value on one line: `{source: 10.0.0.1, ports: [80, 443]}`.
    public var description: String {
        switch self {
        case .unsigned(let number): "\(number)"
        case .signed(let number): "\(number)"
        case .boolean(let truth): "\(truth)"
        case .text(let text): text
        case .list(let values): "[" + values.map(\.description).joined(separator: ", ") + "]"
        case .fields(let fields): "{" + fields.map { "\($0.name): \($0.value)" }.joined(separator: ", ") + "}"
        }
    }
}
