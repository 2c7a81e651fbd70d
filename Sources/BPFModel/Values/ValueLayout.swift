/// What the bytes of a key or a value mean to people: an inert value, given by hand or taken from type information.
///
///     ValueLayout.structure([
///         ("source", .ipv4), ("port", .port), ("protocol", .choice(1, ["tcp": 6, "udp": 17])), ("packets", .u32),
///     ])
public struct ValueLayout: Hashable, Sendable {
    /// How many bytes there are.
    public var size: Int
    /// How they are read.
    public var form: Form

    /// How bytes are read.
    public indirect enum Form: Hashable, Sendable {
        /// A number without a sign, of 1, 2, 4 or 8 bytes in the machine's order.
        case unsigned
        /// A number with a sign, of 1, 2, 4 or 8 bytes in the machine's order.
        case signed
        /// A number of 1, 2, 4 or 8 bytes in the machine's order, written in hexadecimal.
        case hexadecimal
        /// A number without a sign, of 2, 4 or 8 bytes in network order.
        case network
        /// True unless every byte is 0.
        case boolean
        /// An IPv4 address of 4 bytes.
        case ipv4
        /// An IPv6 address of 16 bytes.
        case ipv6
        /// A hardware address of 6 bytes.
        case mac
        /// Text that ends at the first 0, or with the bytes.
        case text
        /// Bytes of no known meaning.
        case bytes
        /// A number without a sign, of 1, 2, 4 or 8 bytes in the machine's order, that has a name.
        case choice([Choice])
        /// Fields, which may overlap and leave gaps.
        case structure([Field])
        /// Values of one layout, one after the other without gaps.
        case array(ValueLayout, count: Int)
    }

    /// A number's name.
    public struct Choice: Hashable, Sendable {
        /// The name.
        public var name: String
        /// The number.
        public var value: Int64

        /// Names a number.
        public init(_ name: String, _ value: Int64) {
            self.name = name
            self.value = value
        }
    }

    /// A part of a structure.
    public struct Field: Hashable, Sendable {
        /// The name.
        public var name: String
        /// Where it begins, in bytes from the structure's start.
        public var offset: Int
        /// What is there.
        public var layout: ValueLayout
        /// The bits that belong to it, of a number in the machine's order, counted from the lowest; nil for all.
        public var bits: Range<Int>?

        /// Makes a field from its parts.
        public init(_ name: String, offset: Int, _ layout: ValueLayout, bits: Range<Int>? = nil) {
            self.name = name
            self.offset = offset
            self.layout = layout
            self.bits = bits
        }
    }

    /// Makes a layout from its parts.
    public init(size: Int, form: Form) {
        self.size = size
        self.form = form
    }
}

extension ValueLayout {
    /// A number of 1 byte.
    public static let u8 = ValueLayout(size: 1, form: .unsigned)
    /// A number of 2 bytes.
    public static let u16 = ValueLayout(size: 2, form: .unsigned)
    /// A number of 4 bytes.
    public static let u32 = ValueLayout(size: 4, form: .unsigned)
    /// A number of 8 bytes.
    public static let u64 = ValueLayout(size: 8, form: .unsigned)
    /// A port number: 2 bytes in network order.
    public static let port = ValueLayout(size: 2, form: .network)
    /// An IPv4 address.
    public static let ipv4 = ValueLayout(size: 4, form: .ipv4)
    /// An IPv6 address.
    public static let ipv6 = ValueLayout(size: 16, form: .ipv6)
    /// A hardware address.
    public static let mac = ValueLayout(size: 6, form: .mac)

    /// Bytes of no known meaning.
    public static func bytes(_ count: Int) -> ValueLayout { ValueLayout(size: count, form: .bytes) }

    /// Text in a number of bytes.
    public static func text(_ count: Int) -> ValueLayout { ValueLayout(size: count, form: .text) }

    /// A number that has a name.
    public static func choice(_ size: Int, _ names: KeyValuePairs<String, Int64>) -> ValueLayout {
        ValueLayout(size: size, form: .choice(names.map { Choice($0.key, $0.value) }))
    }

    /// Fields one after the other, without gaps.
    public static func structure(_ fields: [(name: String, layout: ValueLayout)]) -> ValueLayout {
        var end = 0
        let placed = fields.map { field in
            defer { end += field.layout.size }
            return Field(field.name, offset: end, field.layout)
        }
        return ValueLayout(size: end, form: .structure(placed))
    }

    /// Values of one layout, one after the other.
    public static func array(_ element: ValueLayout, count: Int) -> ValueLayout {
        ValueLayout(size: element.size * count, form: .array(element, count: count))
    }
}
