import ClassicBPF
import Testing

@Suite struct CheckTests {
    static let keep = ClassicOperation.returnConstant(1)

    /// Every refusal of Linux, with its text.
    static let linuxRefusals: [([ClassicInstruction], ClassicRejection.Reason, String)] = [
        ([], .empty, "program has no instructions; the shortest is a return"),
        ([ClassicInstruction(code: 0x0e)], .unknownCode, "instruction 0: code 0xe is no operation"),
        ([ClassicInstruction(code: 0x106)], .unknownCode, "instruction 0: code 0x106 is no operation"),
        (
            of(.arithmetic(.div, .constant(0)), keep), .divisionByZero,
            "instruction 0: division by the constant 0"
        ),
        (of(keep, .arithmetic(.mod, .constant(0)), keep), .divisionByZero, "instruction 1: modulo by the constant 0"),
        (of(.arithmetic(.lsh, .constant(32)), keep), .shiftTooFar, "instruction 0: shift by 32 bits exceeds 31"),
        (
            of(.arithmetic(.rsh, .constant(.max)), keep), .shiftTooFar,
            "instruction 0: shift by 4294967295 bits exceeds 31"
        ),
        (of(.store(.a, cell: 16), keep), .cellOutOfRange, "instruction 0: memory cell 16 exceeds 15, the last"),
        (
            of(.store(.x, cell: .max), keep), .cellOutOfRange,
            "instruction 0: memory cell 4294967295 exceeds 15, the last"
        ),
        (of(.loadMemory(.a, cell: 16), keep), .cellOutOfRange, "instruction 0: memory cell 16 exceeds 15, the last"),
        (of(.loadMemory(.x, cell: 16), keep), .cellOutOfRange, "instruction 0: memory cell 16 exceeds 15, the last"),
        (
            of(.jump(1), keep), .jumpOutOfRange,
            "instruction 0: jump to instruction 2 leaves the program, which ends at 1"
        ),
        (
            of(.jump(.max), keep), .jumpOutOfRange,
            "instruction 0: jump to instruction 4294967296 leaves the program, which ends at 1"
        ),
        (
            of(.branch(.equal, .x, ifTrue: 1, ifFalse: 0), keep), .jumpOutOfRange,
            "instruction 0: jump to instruction 2 leaves the program, which ends at 1"
        ),
        (
            of(.branch(.anyBit, .constant(1), ifTrue: 0, ifFalse: 255), keep), .jumpOutOfRange,
            "instruction 0: jump to instruction 256 leaves the program, which ends at 1"
        ),
        (
            of(.loadAbsolute(.word, offset: 0xffff_f001), keep), .unknownAncillaryField,
            "instruction 0: offset -0xfff names no ancillary field, which are multiples of 4 from -0x1000 through -0xfc4"
        ),
        (
            of(.loadAbsolute(.byte, offset: 0xffff_f040), keep), .unknownAncillaryField,
            "instruction 0: offset -0xfc0 names no ancillary field, which are multiples of 4 from -0x1000 through -0xfc4"
        ),
        (of(keep, .copyToX), .noReturnAtEnd, "instruction 1: program ends without a return; add one"),
        (
            of(.loadMemory(.a, cell: 3), keep), .cellReadBeforeWritten,
            "instruction 0: memory cell 3 is read, but not written on every way here"
        ),
        (
            of(
                .branch(.equal, .constant(0), ifTrue: 1, ifFalse: 0), .store(.a, cell: 0), .loadMemory(.x, cell: 0),
                keep),
            .cellReadBeforeWritten, "instruction 2: memory cell 0 is read, but not written on every way here"
        ),
        // Codes are judged before the end, the end before the cells.
        (
            [ClassicInstruction(.loadMemory(.a, cell: 3))], .noReturnAtEnd,
            "instruction 0: program ends without a return; add one"
        ),
        (
            [ClassicInstruction(.loadMemory(.a, cell: 3)), ClassicInstruction(code: 0x0e)], .unknownCode,
            "instruction 1: code 0xe is no operation"
        ),
    ]

    static func of(_ operations: ClassicOperation...) -> [ClassicInstruction] {
        operations.map { ClassicInstruction($0) }
    }

    @Test func linuxBoundsTheLength() throws {
        let long = Array(repeating: ClassicInstruction(Self.keep), count: 4097)
        expect(long, .linux, .tooLong, "program of 4097 instructions exceeds the maximum of 4096")
        try ClassicProgram(long).check(.libpcap)
    }

    /// Linux translates before it runs, into jumps of 16 bits.
    @Test func linuxRefusesJumpsThatStretchTooFar() throws {
        // Each becomes 18 instructions.
        let headers = Array(repeating: ClassicInstruction(.loadHeaderLength(offset: 0)), count: 1821)
        let jump = [ClassicInstruction(.jump(1821))]
        try ClassicProgram(jump + headers.dropLast() + Self.of(.copyToX, Self.keep)).check(.linux)
        expect(
            jump + headers + Self.of(Self.keep), .linux, .jumpTooFarTranslated,
            "instruction 0: jump over 32778 eBPF instructions in Linux's translation exceeds 32767; shorten the program"
        )
        try ClassicProgram(jump + headers + Self.of(Self.keep)).check(.libpcap)
    }

    @Test(arguments: linuxRefusals)
    func linuxRefuses(code: [ClassicInstruction], reason: ClassicRejection.Reason, text: String) {
        expect(code, .linux, reason, text)
    }

    /// Every refusal of libpcap, with its text.
    static let libpcapRefusals: [([ClassicInstruction], ClassicRejection.Reason, String)] = [
        ([], .empty, "program has no instructions; the shortest is a return"),
        (
            [ClassicInstruction(code: 0xc0), ClassicInstruction(keep)], .unknownCode,
            "instruction 0: code 0xc0 is no operation"
        ),
        (
            [ClassicInstruction(code: 0xb4), ClassicInstruction(keep)], .unknownCode,
            "instruction 0: code 0xb4 is no operation"
        ),
        (
            [ClassicInstruction(code: 0x55), ClassicInstruction(keep)], .unknownCode,
            "instruction 0: code 0x55 is no operation"
        ),
        (of(.arithmetic(.mod, .constant(0)), keep), .divisionByZero, "instruction 0: modulo by the constant 0"),
        (of(.store(.a, cell: 16), keep), .cellOutOfRange, "instruction 0: memory cell 16 exceeds 15, the last"),
        (of(.loadMemory(.x, cell: 16), keep), .cellOutOfRange, "instruction 0: memory cell 16 exceeds 15, the last"),
        (
            of(.jump(1), keep), .jumpOutOfRange,
            "instruction 0: jump to instruction 2 leaves the program, which ends at 1"
        ),
        (
            of(keep, .jump(0xffff_fffd), keep), .jumpOutOfRange,
            "instruction 1: jump to instruction -1 leaves the program, which ends at 2"
        ),
        (
            of(.branch(.equal, .x, ifTrue: 0, ifFalse: 1), keep), .jumpOutOfRange,
            "instruction 0: jump to instruction 2 leaves the program, which ends at 1"
        ),
        (of(keep, .copyToX), .noReturnAtEnd, "instruction 1: program ends without a return; add one"),
    ]

    @Test(arguments: libpcapRefusals)
    func libpcapRefuses(code: [ClassicInstruction], reason: ClassicRejection.Reason, text: String) {
        expect(code, .libpcap, reason, text)
    }

    /// What one dialect takes and the other does not.
    @Test(arguments: [
        of(keep, .jump(0xffff_fffe), keep),
        of(.loadMemory(.a, cell: 3), keep),
        of(.arithmetic(.lsh, .constant(32)), keep),
        of(.loadAbsolute(.word, offset: 0xffff_ffff), keep),
        [ClassicInstruction(code: 0x8f), ClassicInstruction(keep)],
        [ClassicInstruction(code: 0x0e)],
    ])
    func libpcapTakesMore(code: [ClassicInstruction]) {
        let program = ClassicProgram(code)
        #expect(throws: ClassicRejection.self) { try program.check(.linux) }
        #expect(throws: Never.self) { try program.check(.libpcap) }
    }

    @Test func linuxTakesTheseBounds() throws {
        try ClassicProgram(Array(repeating: ClassicInstruction(Self.keep), count: 4096)).check(.linux)
        try ClassicProgram(Self.of(.store(.a, cell: 15), .loadMemory(.x, cell: 15), Self.keep)).check(.linux)
        try ClassicProgram(Self.of(.jump(0), .branch(.equal, .x, ifTrue: 0, ifFalse: 0), .returnAccumulator)).check(
            .linux)
        try ClassicProgram(Self.of(.loadAbsolute(.byte, offset: 0xffff_efff), Self.keep)).check(.linux)
        for field in AncillaryField.allCases {
            try ClassicProgram(Self.of(.loadAbsolute(.half, offset: field.offset), Self.keep)).check(.linux)
        }
        // Behind a jump nothing is reached, so every cell counts as written.
        try ClassicProgram(Self.of(.jump(1), .loadMemory(.a, cell: 3), Self.keep)).check(.linux)
        // Written on both ways.
        try ClassicProgram(
            Self.of(
                .branch(.equal, .x, ifTrue: 2, ifFalse: 0), .store(.a, cell: 0), .jump(1), .store(.x, cell: 0),
                .loadMemory(.a, cell: 0), .returnAccumulator)
        ).check(.linux)
    }

    private func expect(
        _ code: [ClassicInstruction], _ dialect: ClassicDialect, _ reason: ClassicRejection.Reason, _ text: String
    ) {
        let error = #expect(throws: ClassicRejection.self) { try ClassicProgram(code).check(dialect) }
        #expect(error?.reason == reason)
        #expect(error?.description == text)
    }
}
