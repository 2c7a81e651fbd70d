public import BPFModel

/// A register, or eight aligned bytes of the stack, of one of the functions on the way to an instruction.
public struct Place: Hashable, Sendable {
    /// The function: 0 is the main program, 1 the function it called, and so on.
    public var frame: Int { Int(frameNumber) }
    /// The register; nil for a part of the stack.
    public var register: Register? { Register(rawValue: number) }
    /// Where the bytes start, counted from the frame pointer of the function; nil for a register.
    public var stackOffset: Int? { number < Self.firstSlot ? nil : -8 * (Int(number - Self.firstSlot) + 1) }

    private let frameNumber: UInt8
    /// `r0` through `r10`, then the slots from the frame pointer down.
    private let number: UInt8
    private static let firstSlot: UInt8 = 11

    init(_ register: Register, frame: Int) {
        frameNumber = UInt8(truncatingIfNeeded: frame)
        number = register.rawValue
    }

    init(slot: Int, frame: Int) {
        frameNumber = UInt8(truncatingIfNeeded: frame)
        number = Self.firstSlot + UInt8(truncatingIfNeeded: slot)
    }

    /// The slot, counted from the frame pointer down; nil for a register.
    var slot: Int? { number < Self.firstSlot ? nil : Int(number - Self.firstSlot) }
}

extension Place: Comparable {
    /// Orders by function, then registers before the stack.
    public static func < (left: Place, right: Place) -> Bool {
        (left.frameNumber, left.number) < (right.frameNumber, right.number)
    }
}

extension Place: CustomStringConvertible {
    /// The name in assembly, such as `r6` or `fp-8`.
    public var description: String { register?.description ?? "fp\(stackOffset ?? 0)" }
}
