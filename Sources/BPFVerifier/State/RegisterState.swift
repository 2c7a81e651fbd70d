/// What is known of one register, or of one spilled to the stack.
///
/// A pointer is `base + offset + variable`: where the kind says it points, a fixed number of bytes, and a number
/// within `range`.
struct RegisterState: Hashable, Sendable {
    /// What the register holds.
    enum Kind: UInt8, Sendable {
        /// Nothing was written; reading it is refused.
        case uninitialized
        case scalar
        /// The context of the program.
        case context
        /// The top of a frame of the stack; offsets are negative.
        case stack
        /// The first byte of the packet.
        case packet
        /// The first byte of the metadata before the packet.
        case packetMeta
        /// The byte after the packet.
        case packetEnd
        /// A map, as helpers take it.
        case map
        /// A value of a map.
        case mapValue
        /// A value of a map, or 0.
        case mapValueOrNull
        /// The key of an entry, as callbacks get it.
        case mapKey
        /// A map that came out of a map of maps, or 0.
        case mapOrNull
        /// A record reserved in a ring buffer.
        case record
        /// A record reserved in a ring buffer, or 0.
        case recordOrNull
        /// A function of the program, for helpers to call.
        case function
        /// The memory a program of `.memory` entry is given.
        case memory
    }

    var kind: Kind
    /// The frame of the stack it points into, counted from the main program's, 0.
    ///
    /// For maps, their keys and values: 1 where the map is one of those that the map with the number holds.
    var frame: UInt8 = 0
    /// Ties together what is equal: copies of a scalar, pointers with the same variable part, results of one
    /// lookup, addresses of one record; 0 ties nothing.
    var id: UInt32 = 0
    /// The fixed part of a pointer, in bytes; for a number with an id, how much more it is than others with that id.
    var offset: Int32 = 0
    /// For packet pointers, how many bytes from the base (with the variable part) are known to be there; for maps
    /// and what is in them, the number of the map; for `.memory` and records, the size; for functions, the number.
    var extent: Int32 = 0
    /// The registers and slots of the last checkpoint that the number was computed from; see ``Dependencies``.
    var dependencies = Dependencies.none
    /// The number, or the variable part of a pointer.
    var range: ScalarRange

    static let uninitialized = RegisterState(kind: .uninitialized, range: .unknown)
    static let unknown = RegisterState(kind: .scalar, range: .unknown)

    static func constant(_ value: UInt64) -> RegisterState { RegisterState(kind: .scalar, range: ScalarRange(value)) }

    static func scalar(_ range: ScalarRange, _ dependencies: Dependencies = .none) -> RegisterState {
        RegisterState(kind: .scalar, dependencies: dependencies, range: range)
    }

    static func pointer(
        _ kind: Kind, frame: UInt8 = 0, id: UInt32 = 0, offset: Int32 = 0, extent: Int32 = 0
    ) -> RegisterState {
        RegisterState(kind: kind, frame: frame, id: id, offset: offset, extent: extent, range: ScalarRange(0))
    }

    var isPointer: Bool { kind != .scalar && kind != .uninitialized }
    /// The number, where the register holds a known one.
    var constant: UInt64? { kind == .scalar ? range.constant : nil }
    /// Whether it is, or is in, a map that came out of a map of maps.
    var isOfInnerMap: Bool { frame != 0 }
    /// Whether a pointer has a variable part.
    var isVariable: Bool { range.constant != 0 }
}

extension RegisterState.Kind {
    var isPacket: Bool { self == .packet || self == .packetMeta }

    /// What it turns out to be when it isn't 0, where it may be 0.
    var whenNotNull: Self? {
        switch self {
        case .mapValueOrNull: .mapValue
        case .mapOrNull: .map
        case .recordOrNull: .record
        case .uninitialized, .scalar, .context, .stack, .packet, .packetMeta, .packetEnd, .map, .mapValue, .mapKey,
            .record, .function, .memory:
            nil
        }
    }

    /// Whether comparisons with 0 are decided: it never is.
    var isNeverNull: Bool {
        switch self {
        case .map, .mapValue, .mapKey, .record: true
        case .uninitialized, .scalar, .context, .stack, .packet, .packetMeta, .packetEnd, .mapValueOrNull, .mapOrNull,
            .recordOrNull, .function, .memory:
            false
        }
    }
}
