/// Everything the verifier can find wrong, one case for each text; finer than ``VerifierRejection/Reason``.
///
/// A new text takes a case here, with the reason it counts under; a factory of the same name in `Failure+*.swift`,
/// which alone says the words; and a program that meets it in `Tests/BPFVerifierTests/Cases`, in the file of the
/// reason. A new reason also takes a section in `BPFVerifier.docc/Rejections.md`. Tests name whatever is missing.
package enum Finding: String, Hashable, Sendable, CaseIterable {
    // The program as a whole.
    case emptyProgram, tooLong, notEncodable
    case jumpOutside, jumpIntoWideLoad, jumpToOtherFunction, callOutside, fallsOffEnd, unreachable
    case callTooDeep, stackTooLarge, tooManyInstructions, tooManyBranches, infiniteLoop
    // Registers.
    case uninitialized, framePointerWrite, shiftCount, zeroDivisor
    case operation, narrowArithmetic, pointerFromNumber, pointerSum, offsetTooLarge, unboundedOffset
    case unprivilegedOffset, leak, frameEscapes
    // Memory.
    case notAPointer, below, unbounded, above, outsidePacket, outsideStack, leavesStack, stackUnbounded
    case uninitializedStack, misaligned, partialSpill, partialFill, spillToCaller, addressOverwritten
    case atomicOnContext, atomicOnPacket, packetArgument, writeOnlyMap, readOnlyMap
    // The context and packet loads.
    case movedContext, noContextField, hiddenField, readOnlyField, fieldSize, readOnlyContext, contextBytes
    case mixedAccess
    case noPacketLoads, packetLoadInFunction, packetLoadContext
    // Calls and what they are given.
    case unknownHelper, helperType, helperPrivilege, helperLicense, platformCall
    case argument, negativeSize, zeroSize, unboundedSize
    case unknownMap, mapOffset, noDirectValue, directValueOfMany, unsupported
}

extension Finding {
    /// The reason it counts under.
    var reason: VerifierRejection.Reason {
        switch self {
        case .emptyProgram: .emptyProgram
        case .tooLong, .tooManyInstructions, .tooManyBranches: .complexity
        case .notEncodable, .unsupported: .unsupported
        case .jumpOutside, .jumpIntoWideLoad, .jumpToOtherFunction: .invalidJump
        case .callOutside, .unknownHelper, .platformCall: .invalidCall
        case .fallsOffEnd: .fallsOffEnd
        case .unreachable: .unreachableCode
        case .callTooDeep: .callDepth
        case .stackTooLarge: .stackDepth
        case .infiniteLoop: .infiniteLoop
        case .uninitialized: .uninitializedRegister
        case .framePointerWrite: .framePointerWrite
        case .shiftCount: .invalidShift
        case .zeroDivisor: .divisionByZero
        case .operation, .narrowArithmetic, .pointerFromNumber, .pointerSum, .unprivilegedOffset:
            .pointerArithmetic
        case .offsetTooLarge, .unboundedOffset: .unboundedOffset
        case .leak, .frameEscapes: .pointerLeak
        case .notAPointer: .notAPointer
        case .below, .unbounded, .above, .outsidePacket, .outsideStack, .leavesStack, .stackUnbounded,
            .mapOffset:
            .outOfBounds
        case .uninitializedStack: .uninitializedStack
        case .misaligned: .misaligned
        case .partialSpill, .partialFill, .spillToCaller: .stackSpill
        case .addressOverwritten, .atomicOnContext, .atomicOnPacket, .packetArgument, .writeOnlyMap, .readOnlyMap:
            .forbiddenAccess
        case .movedContext, .noContextField, .hiddenField, .readOnlyField, .fieldSize, .readOnlyContext, .contextBytes:
            .contextAccess
        case .mixedAccess: .mixedPointers
        case .noPacketLoads, .packetLoadInFunction, .packetLoadContext: .packetLoad
        case .helperType, .helperPrivilege, .helperLicense: .helperNotAllowed
        case .argument, .negativeSize, .zeroSize, .unboundedSize: .helperArgument
        case .unknownMap, .noDirectValue, .directValueOfMany: .unknownMap
        }
    }
}
