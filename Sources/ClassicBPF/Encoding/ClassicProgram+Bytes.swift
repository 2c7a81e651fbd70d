extension ClassicProgram {
    /// Reads instructions of 8 bytes, little-endian as in the memory of a little-endian machine.
    ///
    /// Any instruction is taken; only a length that is no multiple of 8 is refused.
    public init(bytes: Span<UInt8>) throws(ClassicFormatError) {
        guard bytes.count.isMultiple(of: 8) else { throw .unevenLength(bytes.count) }
        var instructions: [ClassicInstruction] = []
        instructions.reserveCapacity(bytes.count / 8)
        for start in stride(from: 0, to: bytes.count, by: 8) {
            let k =
                UInt32(bytes[start + 4]) | UInt32(bytes[start + 5]) << 8
                | UInt32(bytes[start + 6]) << 16 | UInt32(bytes[start + 7]) << 24
            let code = UInt16(bytes[start]) | UInt16(bytes[start + 1]) << 8
            instructions.append(ClassicInstruction(code: code, jt: bytes[start + 2], jf: bytes[start + 3], k: k))
        }
        self.init(instructions)
    }

    /// The instructions as 8 bytes each, little-endian.
    public var bytes: [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(instructions.count * 8)
        for instruction in instructions {
            bytes.append(UInt8(truncatingIfNeeded: instruction.code))
            bytes.append(UInt8(truncatingIfNeeded: instruction.code >> 8))
            bytes.append(instruction.jt)
            bytes.append(instruction.jf)
            for shift in stride(from: 0, to: 32, by: 8) {
                bytes.append(UInt8(truncatingIfNeeded: instruction.k >> UInt32(shift)))
            }
        }
        return bytes
    }
}
