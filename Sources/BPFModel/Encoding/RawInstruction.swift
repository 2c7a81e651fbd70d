/// One 8-byte slot of a program, with its fields taken apart but not interpreted.
///
///     byte   0        1           2..3     4..7
///          +--------+-----------+--------+-----------+
///          | opcode | src | dst | offset | immediate |     little-endian
///          +--------+-----------+--------+-----------+
///                    high  low
///
/// Source: RFC 9669, section 3.
public struct RawInstruction: Hashable, Sendable {
    /// The operation, its class in the low three bits.
    public var opcode: UInt8
    /// The destination register field, 0 through 15.
    public var destination: UInt8
    /// The source register field, 0 through 15.
    public var source: UInt8
    /// The offset field.
    public var offset: Int16
    /// The immediate field.
    public var immediate: Int32

    /// How many bytes a slot has.
    public static let size = 8

    /// Makes a slot from its fields; of the register fields only the low four bits count.
    @inlinable
    public init(opcode: UInt8, destination: UInt8 = 0, source: UInt8 = 0, offset: Int16 = 0, immediate: Int32 = 0) {
        self.opcode = opcode
        self.destination = destination & 15
        self.source = source & 15
        self.offset = offset
        self.immediate = immediate
    }

    /// Makes a slot from its eight bytes, read as one little-endian number.
    @inlinable
    public init(word: UInt64) {
        self.init(
            opcode: UInt8(truncatingIfNeeded: word),
            destination: UInt8(truncatingIfNeeded: word >> 8) & 15,
            source: UInt8(truncatingIfNeeded: word >> 12) & 15,
            offset: Int16(truncatingIfNeeded: word >> 16),
            immediate: Int32(truncatingIfNeeded: word >> 32))
    }

    /// The eight bytes as one little-endian number.
    @inlinable
    public var word: UInt64 {
        UInt64(opcode) | UInt64(destination) << 8 | UInt64(source) << 12
            | UInt64(UInt16(bitPattern: offset)) << 16 | UInt64(UInt32(bitPattern: immediate)) << 32
    }
}

extension RawInstruction {
    /// Splits program bytes into slots.
    ///
    /// - Throws: ``DecodeError`` where the length isn't a multiple of 8.
    public static func slots(of bytes: [UInt8]) throws(DecodeError) -> [RawInstruction] {
        guard bytes.count.isMultiple(of: size) else { throw .partialSlot(length: bytes.count) }
        return stride(from: 0, to: bytes.count, by: size).map { start in
            RawInstruction(word: bytes[start..<(start + size)].reversed().reduce(0) { $0 << 8 | UInt64($1) })
        }
    }

    /// The slot's eight bytes.
    public var bytes: [UInt8] {
        (0..<Self.size).map { UInt8(truncatingIfNeeded: word >> (8 * UInt64($0))) }
    }
}
