/// Everything the verifier can find wrong, one case for each text; finer than ``VerifierRejection/Reason``.
///
/// A new text takes a case here, with the reason it counts under; a factory of the same name in `Failure+*.swift`,
/// which alone says the words; and a program that meets it in `Tests/BPFVerifierTests/Cases`, in the file of the
/// reason. A new reason also takes a section in `BPFVerifier.docc/Rejections.md`. Tests name whatever is missing.
package enum Finding: String, Hashable, Sendable, CaseIterable {
    // The program as a whole.
    case emptyProgram, tooLong, notEncodable
    case jumpOutside, jumpIntoWideLoad, jumpToOtherFunction, callOutside, fallsOffEnd, unreachable
    case unprivilegedCall, unprivilegedLoop, callTooDeep, stackTooLarge, tailCallStack, tooManyInstructions,
        tooManyBranches, infiniteLoop
    // Registers.
    case uninitialized, framePointerWrite, shiftCount, zeroDivisor
    case operation, narrowArithmetic, pointerFromNumber, pointerSum, offsetTooLarge, unboundedOffset
    case unprivilegedOffset, leak, frameEscapes
    // Memory.
    case notAPointer, below, unbounded, above, outsidePacket, outsideStack, leavesStack, stackUnbounded
    case uninitializedStack, misaligned, partialSpill, partialFill, spillToCaller, addressOverwritten
    case atomicOnContext, atomicOnPacket, packetArgument, writeOnlyMap, readOnlyMap, keyWrite
    // The context and packet loads.
    case movedContext, noContextField, hiddenField, readOnlyField, fieldSize, readOnlyContext, contextBytes
    case mixedAccess
    case noPacketLoads, packetLoadInFunction, packetLoadContext
    // Calls and what they are given.
    case unknownHelper, helperType, helperPrivilege, helperLicense, platformCall
    case argument, negativeSize, zeroSize, unboundedSize, recordSize, endlessString, mapType, callbackResult,
        tailCallInCallback
    // Records and locks.
    case recordHeld, recordHeldByCallback, recordReleasedByCallback
    case lockHeld, lockHeldByCallback, callWithLock, lockPlace, notLocked, otherLock, lockAccess, lockOfType
    // What 64-bit immediates name.
    case unknownMap, mapOffset, noDirectValue, directValueOfMany, functionAddress, unsupported
}

extension Finding {
    /// The reason it counts under.
    var reason: VerifierRejection.Reason {
        switch self {
        case .emptyProgram: .emptyProgram
        case .tooLong, .tooManyInstructions, .tooManyBranches: .complexity
        case .notEncodable, .unsupported: .unsupported
        case .jumpOutside, .jumpIntoWideLoad, .jumpToOtherFunction: .invalidJump
        case .unprivilegedCall, .callOutside, .unknownHelper, .platformCall: .invalidCall
        case .fallsOffEnd: .fallsOffEnd
        case .unreachable: .unreachableCode
        case .callTooDeep: .callDepth
        case .stackTooLarge, .tailCallStack: .stackDepth
        case .infiniteLoop, .unprivilegedLoop: .infiniteLoop
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
        case .addressOverwritten, .atomicOnContext, .atomicOnPacket, .packetArgument, .writeOnlyMap, .readOnlyMap,
            .keyWrite:
            .forbiddenAccess
        case .movedContext, .noContextField, .hiddenField, .readOnlyField, .fieldSize, .readOnlyContext, .contextBytes:
            .contextAccess
        case .mixedAccess: .mixedPointers
        case .noPacketLoads, .packetLoadInFunction, .packetLoadContext: .packetLoad
        case .helperType, .helperPrivilege, .helperLicense, .functionAddress: .helperNotAllowed
        case .argument, .negativeSize, .zeroSize, .unboundedSize, .recordSize, .endlessString, .mapType:
            .helperArgument
        case .callbackResult, .tailCallInCallback: .callbackResult
        case .recordHeld, .recordHeldByCallback, .recordReleasedByCallback: .record
        case .lockHeld, .lockHeldByCallback, .callWithLock, .lockPlace, .notLocked, .otherLock, .lockAccess,
            .lockOfType:
            .lock
        case .unknownMap, .noDirectValue, .directValueOfMany: .unknownMap
        }
    }
}
