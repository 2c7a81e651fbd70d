import BPFModel

/// Why a classic program was not translated to eBPF.
public struct ClassicTranslationError: Error, Hashable, Sendable, CustomStringConvertible {
    /// The kind of obstacle.
    public enum Reason: Hashable, Sendable {
        /// The dialect's checker refuses the program.
        case rejected(ClassicRejection)
        /// The code names no operation; libpcap's checker lets some of these pass.
        case unknownCode(UInt16)
        /// A backward jump, and no limit was set for them.
        case backwardJump
        /// An ancillary field that no context shows and no helper finds.
        case unavailableField(AncillaryField)
        /// More eBPF instructions than a program may have.
        case tooLong
    }

    /// The kind of obstacle.
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

    static func rejected(_ rejection: ClassicRejection) -> Self {
        Self(.rejected(rejection), rejection.index, rejection.message)
    }

    static func unknownCode(at index: Int, _ code: UInt16) -> Self {
        Self(.unknownCode(code), index, "code 0x\(String(code, radix: 16)) is no operation")
    }

    static func backwardJump(at index: Int, to target: Int) -> Self {
        Self(
            .backwardJump, index,
            "jump back to instruction \(target) makes a loop; set a limit for it, or run the program on the classic evaluator"
        )
    }

    static func unavailableField(at index: Int, _ field: AncillaryField) -> Self {
        Self(
            .unavailableField(field), index,
            "ancillary field '\(field.listingName)' is in no eBPF context; run the program on the classic evaluator")
    }

    static func tooLong(_ count: Int) -> Self {
        Self(
            .tooLong, nil,
            "\(count) eBPF instructions exceed the maximum of \(ProgramLimits.slots); shorten the program")
    }
}
