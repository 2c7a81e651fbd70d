/// Why a classic program was refused, in either dialect.
public struct ClassicRejection: Error, Hashable, Sendable, CustomStringConvertible {
    /// The rule that is broken.
    public enum Reason: Hashable, Sendable {
        /// The program has no instructions.
        case empty
        /// The program has more instructions than Linux takes.
        case tooLong
        /// The code names no operation.
        case unknownCode
        /// Division or modulo by the constant zero.
        case divisionByZero
        /// A constant shift by 32 bits or more.
        case shiftTooFar
        /// A memory cell above 15.
        case cellOutOfRange
        /// A jump or one side of a branch leaves the program.
        case jumpOutOfRange
        /// An absolute load from the ancillary range that names no field.
        case unknownAncillaryField
        /// The last instruction does not return.
        case noReturnAtEnd
        /// A memory cell is read that is not written on every way there.
        case cellReadBeforeWritten
        /// A jump that would not fit 16 bits in Linux's translation to eBPF.
        case jumpTooFarTranslated
    }

    /// The rule that is broken.
    public let reason: Reason
    /// The instruction at fault, from 0; nil where it is the program as a whole.
    public let index: Int?
    /// What is wrong and what to do, without the place.
    public let message: String

    /// The place and what is wrong there.
    public var description: String { index.map { "instruction \($0): \(message)" } ?? message }

    private init(_ reason: Reason, _ index: Int?, _ message: String) {
        self.reason = reason
        self.index = index
        self.message = message
    }

    static var empty: Self { Self(.empty, nil, "program has no instructions; the shortest is a return") }

    static func tooLong(_ count: Int) -> Self {
        Self(.tooLong, nil, "program of \(count) instructions exceeds the maximum of \(ClassicProgram.maximumLength)")
    }

    static func unknownCode(at index: Int, _ code: UInt16) -> Self {
        Self(.unknownCode, index, "code 0x\(String(code, radix: 16)) is no operation")
    }

    static func divisionByZero(at index: Int, _ operation: ClassicOperation.Arithmetic) -> Self {
        Self(.divisionByZero, index, "\(operation == .mod ? "modulo" : "division") by the constant 0")
    }

    static func shiftTooFar(at index: Int, _ bits: UInt32) -> Self {
        Self(.shiftTooFar, index, "shift by \(bits) bits exceeds 31")
    }

    static func cellOutOfRange(at index: Int, _ cell: UInt32) -> Self {
        Self(.cellOutOfRange, index, "memory cell \(cell) exceeds 15, the last")
    }

    static func jumpOutOfRange(at index: Int, by distance: Int, count: Int) -> Self {
        let target = index + 1 + distance
        return Self(
            .jumpOutOfRange, index, "jump to instruction \(target) leaves the program, which ends at \(count - 1)")
    }

    static func unknownAncillaryField(at index: Int, _ offset: UInt32) -> Self {
        Self(
            .unknownAncillaryField, index,
            "offset -0x\(String(0 &- offset, radix: 16)) names no ancillary field, which are multiples of 4 "
                + "from -0x1000 through -0xfc4")
    }

    static func noReturnAtEnd(at index: Int) -> Self {
        Self(.noReturnAtEnd, index, "program ends without a return; add one")
    }

    static func cellReadBeforeWritten(at index: Int, _ cell: UInt32) -> Self {
        Self(.cellReadBeforeWritten, index, "memory cell \(cell) is read, but not written on every way here")
    }

    static func jumpTooFarTranslated(at index: Int, _ distance: Int) -> Self {
        Self(
            .jumpTooFarTranslated, index,
            "jump over \(distance) eBPF instructions in Linux's translation exceeds \(Int16.max); shorten the program")
    }
}
