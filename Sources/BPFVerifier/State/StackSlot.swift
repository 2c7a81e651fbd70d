/// Eight aligned bytes of a frame's stack.
struct StackSlot: Hashable, Sendable {
    /// What a byte of the stack holds.
    enum Content: UInt8, Sendable {
        /// Nothing was written.
        case uninitialized
        /// Something that is not tracked.
        case unknown
        case zero
        /// A byte of the spilled register.
        case spilled
    }

    /// The contents of the bytes, the lowest address first.
    private var bytes: SIMD8<UInt8>
    /// The register of which bytes are spilled here.
    var register: RegisterState

    static let uninitialized = StackSlot(bytes: SIMD8(repeating: 0), register: .uninitialized)

    private init(bytes: SIMD8<UInt8>, register: RegisterState) {
        self.bytes = bytes
        self.register = register
    }

    /// A slot that holds the low `size` bytes of a register at its lowest addresses.
    mutating func spill(_ register: RegisterState, size: Int) {
        set(0..<size, .spilled)
        forgetSpill(except: 0..<size)
        self.register = register
    }

    subscript(byte: Int) -> Content { Content(rawValue: bytes[byte]) ?? .unknown }

    /// How many bytes, from the lowest address on, hold the spilled register; 0 where none does.
    var spillSize: Int {
        var size = 0
        while size < 8, bytes[size] == Content.spilled.rawValue { size += 1 }
        return size
    }

    var holdsSpill: Bool { bytes[0] == Content.spilled.rawValue }

    /// Whether the bytes are written in the same way as another slot's.
    func isWritten(as other: StackSlot) -> Bool { bytes == other.bytes }

    /// Whether all bytes are the same.
    func isEntirely(_ content: Content) -> Bool { bytes == SIMD8(repeating: content.rawValue) }

    /// Overwrites bytes; what remains of a spilled register is no longer tracked.
    ///
    /// - Parameter keepingUninitialized: whether bytes that nothing was written to are left so.
    mutating func overwrite(_ range: Range<Int>, _ content: Content, keepingUninitialized: Bool = false) {
        if holdsSpill {
            forgetSpill(except: 0..<0)
            register = .uninitialized
        }
        for byte in range where !keepingUninitialized || bytes[byte] != Content.uninitialized.rawValue {
            bytes[byte] = content.rawValue
        }
    }

    private mutating func set(_ range: Range<Int>, _ content: Content) {
        for byte in range { bytes[byte] = content.rawValue }
    }

    private mutating func forgetSpill(except kept: Range<Int>) {
        for byte in 0..<8 where bytes[byte] == Content.spilled.rawValue && !kept.contains(byte) {
            bytes[byte] = Content.unknown.rawValue
        }
    }
}
