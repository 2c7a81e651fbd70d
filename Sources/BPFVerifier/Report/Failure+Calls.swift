import BPFModel

extension Failure {
    static func unknownHelper(_ id: Int32) -> Failure { Failure(.invalidCall, "there is no helper \(id)") }

    static func helperType(_ helper: HelperPrototype, _ type: ProgramType) -> Failure {
        Failure(.helperNotAllowed, "\(type.name) programs can't call \(helper.name)")
    }

    static func helperPrivilege(_ helper: HelperPrototype) -> Failure {
        Failure(.helperNotAllowed, "unprivileged programs can't call \(helper.name)")
    }

    static func helperLicense(_ helper: HelperPrototype, _ license: String) -> Failure {
        Failure(.helperNotAllowed, "\(helper.name) is only for GPL-compatible programs, the licence is '\(license)'")
    }

    static func argument(_ register: Register, _ state: RegisterState, expected: String) -> Failure {
        Failure(
            .helperArgument, "\(register) is \(state), but the helper takes \(expected)",
            advice: state.kind == .mapValueOrNull ? "compare it with 0 first" : nil)
    }

    static func negativeSize(_ register: Register, _ range: ScalarRange) -> Failure {
        Failure(
            .helperArgument, "\(register), the number of bytes, may be negative (\(range))",
            advice: "make it unsigned, or mask it")
    }

    static func zeroSize(_ register: Register, _ range: ScalarRange) -> Failure {
        Failure(.helperArgument, "\(register), the number of bytes, may be 0 (\(range)), the helper takes at least 1")
    }

    static func unboundedSize(_ register: Register, _ range: ScalarRange) -> Failure {
        Failure(
            .helperArgument, "\(register), the number of bytes, has no upper bound (\(range))",
            advice: "check it against a constant, or mask it")
    }

    static let platformCall = Failure(.invalidCall, "functions of the platform can't be called")

    static func unknownMap(_ number: Int32) -> Failure {
        Failure(.unknownMap, "the program has no map \(number)")
    }

    static func mapOffset(_ offset: Int32, _ size: Int) -> Failure {
        Failure(.outOfBounds, "offset \(UInt32(bitPattern: offset)) is not within the map's value of \(size) bytes")
    }

    static func noDirectValue(_ type: MapType) -> Failure {
        Failure(.unknownMap, "the value of a map of type \(type.name) has no fixed address")
    }

    static func unsupported(_ what: String) -> Failure { Failure(.unsupported, "\(what) are not supported") }
}
