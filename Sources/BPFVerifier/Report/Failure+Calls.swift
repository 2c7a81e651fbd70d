import BPFModel

extension Failure {
    static func unknownHelper(_ id: Int32) -> Failure { Failure(.unknownHelper, "there is no helper \(id)") }

    static func helperType(_ helper: HelperPrototype, _ type: ProgramType) -> Failure {
        let others = ProgramType.allCases.filter { helper.programTypes.contains($0) }.names
        return Failure(
            .helperType, "\(type.name) programs can't call \(helper.name)",
            advice: others.isEmpty ? nil : "\(others) programs can")
    }

    static func helperPrivilege(_ helper: HelperPrototype) -> Failure {
        Failure(.helperPrivilege, "unprivileged programs can't call \(helper.name)")
    }

    static func helperLicense(_ helper: HelperPrototype, _ license: String) -> Failure {
        Failure(
            .helperLicense, "\(helper.name) is only for GPL-compatible programs, the licence is '\(license)'",
            advice: "state the licence if it is one, such as \"GPL\"")
    }

    static let platformCall = Failure(
        .platformCall, "functions of the kernel can't be called", advice: "use a helper")

    static func argument(_ register: Register, _ state: RegisterState, expected: String) -> Failure {
        Failure(
            .argument, "\(register) is \(state), but the helper takes \(expected)",
            advice: state.kind.whenNotNull != nil ? "compare it with 0 first" : nil)
    }

    static func mapType(_ register: Register, _ type: MapType, _ helper: HelperPrototype) -> Failure {
        let kinds = helper.mapTypes.map(\.name).sorted().joined(separator: ", ")
        return Failure(
            .mapType, "\(register) is a map of type \(type.name), which \(helper.name) can't work on",
            advice: "it takes maps of type \(kinds)")
    }

    static func recordSize(_ register: Register, _ range: ScalarRange) -> Failure {
        Failure(
            .recordSize, "\(register), the size of the record, is not a constant (\(range))",
            advice: "reserve a record of a constant size, or write one of variable size with bpf_ringbuf_output")
    }

    static func endlessString(_ register: Register, _ state: RegisterState) -> Failure {
        Failure(
            .endlessString, "\(register) is \(state): no byte from there on is 0, which ends the string",
            advice: "end the string with a byte of 0")
    }

    static func callbackResult(_ register: Register, _ state: RegisterState) -> Failure {
        Failure(
            .callbackResult, "\(register) is \(state), but a callback must return 0, to go on, or 1, to stop",
            advice: "end the callback with \(register) = 0")
    }

    static let tailCallInCallback = Failure(
        .tailCallInCallback,
        "the program that a tail call goes on with would return to the helper, with any result",
        advice: "leave the loop, and make the tail call after it")

    static let functionAddress = Failure(
        .functionAddress, "unprivileged programs can't take the address of a function",
        advice: "write the loop out, or call the function")

    static func negativeSize(_ register: Register, _ range: ScalarRange) -> Failure {
        Failure(
            .negativeSize, "\(register), the number of bytes, may be negative (\(range))",
            advice: "mask it, or check it against a constant, unsigned")
    }

    static func zeroSize(_ register: Register, _ range: ScalarRange) -> Failure {
        Failure(
            .zeroSize, "\(register), the number of bytes, may be 0 (\(range)), the helper takes at least 1",
            advice: "compare it with 0 first")
    }

    static func unboundedSize(_ register: Register, _ range: ScalarRange) -> Failure {
        Failure(
            .unboundedSize, "\(register), the number of bytes, has no upper bound (\(range))",
            advice: "check it against a constant, or mask it")
    }
}

// MARK: What 64-bit immediates name

extension Failure {
    static func unknownMap(_ number: Int32) -> Failure {
        Failure(.unknownMap, "the program has no map \(number)", advice: "declare the map")
    }

    static func mapOffset(_ offset: Int32, _ size: Int) -> Failure {
        Failure(
            .mapOffset, "offset \(UInt32(bitPattern: offset)) is not within the map's value of \(size) bytes")
    }

    static func noDirectValue(_ type: MapType) -> Failure {
        Failure(
            .noDirectValue, "values of a map of type \(type.name) have no fixed address",
            advice: "look a value up with bpf_map_lookup_elem")
    }

    static func directValueOfMany(_ entries: Int) -> Failure {
        Failure(
            .directValueOfMany, "the map has \(entries) entries, only the value of an array of 1 has a fixed address",
            advice: "look a value up with bpf_map_lookup_elem")
    }

    static func unsupported(_ what: String) -> Failure {
        Failure(.unsupported, "\(what) are not supported")
    }
}
