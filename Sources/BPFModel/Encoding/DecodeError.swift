/// Why bytes are not a program.
public struct DecodeError: Error, Hashable, Sendable {
    /// What is wrong.
    public enum Reason: Hashable, Sendable {
        /// The length isn't a multiple of 8 bytes.
        case partialSlot(length: Int)
        /// No instruction has this opcode.
        case unknownOpcode(UInt8)
        /// A field that must be zero, or one of a few values, is something else.
        case reservedField(Field, value: Int32, opcode: UInt8)
        /// A register field names a register above `r10`.
        case invalidRegister(Field, number: UInt8)
        /// A 64-bit immediate load is the last slot.
        case missingSecondSlot
        /// The second slot of a 64-bit immediate load has a field other than the immediate set.
        case secondSlotNotEmpty(Field, value: Int32)
    }

    /// The fields of a slot.
    public enum Field: String, Hashable, Sendable {
        case opcode, destination, source, offset, immediate
    }

    /// The slot, counted from 0.
    public let slot: Int
    /// What is wrong there.
    public let reason: Reason

    static func partialSlot(length: Int) -> DecodeError {
        DecodeError(slot: length / RawInstruction.size, reason: .partialSlot(length: length))
    }
}

extension DecodeError: CustomStringConvertible {
    /// One line: the slot and what is wrong there.
    public var description: String {
        "slot \(slot): \(reason)"
    }
}

extension DecodeError.Reason: CustomStringConvertible {
    /// What is wrong, in words.
    public var description: String {
        switch self {
        case .partialSlot(let length):
            "program has \(length) bytes, which is not a multiple of 8"
        case .unknownOpcode(let opcode):
            "unknown opcode \(hex(opcode))"
        case .reservedField(let field, let value, let opcode):
            "\(field.rawValue) field of opcode \(hex(opcode)) is \(value)\(allowed(field, opcode))"
        case .invalidRegister(let field, let number):
            "\(field.rawValue) register r\(number) does not exist, the last is r10"
        case .missingSecondSlot:
            "64-bit immediate load needs a second slot, but the program ends"
        case .secondSlotNotEmpty(let field, let value):
            "\(field.rawValue) field of the second slot of a 64-bit immediate load is \(value), must be 0"
        }
    }

    private func hex(_ byte: UInt8) -> String {
        "0x" + (byte < 16 ? "0" : "") + String(byte, radix: 16)
    }

    /// What the row of the opcode allows instead.
    private func allowed(_ field: DecodeError.Field, _ opcode: UInt8) -> String {
        guard let row = InstructionSpec.row(of: opcode) else { return "" }
        return switch field {
        case .opcode: ""
        case .destination: allowed(row.destination)
        case .source: allowed(row.source)
        case .offset: allowed(row.offset)
        case .immediate: allowed(row.immediate)
        }
    }

    private func allowed(_ use: InstructionSpec.FieldUse) -> String {
        switch use {
        case .unused: ", must be 0"
        case .selector(let last): ", must be 0 to \(last)"
        case .read, .written, .modified: ""
        }
    }

    private func allowed(_ range: InstructionSpec.FieldRange) -> String {
        switch range {
        case .unused: ", must be 0"
        case .any: ""
        case .oneOf(let values): ", must be one of " + values.map(String.init).joined(separator: ", ")
        }
    }
}
