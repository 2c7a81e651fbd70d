import BPFModel
import LinuxBPF
import Testing

/// Programs are loaded with what the verifier says of them, and run.
@Suite(.needsKernel) struct KernelProgramTests {
    @Test(arguments: [KernelProgram.LogLevel.none, .path, .states, .statistics])
    func logs(level: KernelProgram.LogLevel) throws {
        let spec = ProgramSpec(type: .socketFilter, code: [.move(.r0, 7), .alu(.add, .r0, 1), .exit])
        let program = try KernelProgram.load(spec, maps: [:], logLevel: level)
        #expect(program.log.processedInstructions == (level == .none ? nil : 3))
        #expect((program.log.microseconds != nil) == (level == .statistics))
        #expect(program.loadNanoseconds > 0)
    }

    @Test(arguments: [KernelProgram.LogLevel.path, .states, .statistics])
    func reasons(level: KernelProgram.LogLevel) throws {
        let spec = ProgramSpec(type: .xdp, code: [.move(.r0, .register(.r3)), .exit])
        let error = try #require(
            throws: KernelError.self, performing: { try KernelProgram.load(spec, maps: [:], logLevel: level) })
        #expect(error.reason == "R3 !read_ok")
        #expect(error.description == "the kernel refuses program load: EACCES, R3 !read_ok")
        #expect(VerifierLog(text: error.log).processedInstructions == 1)
    }

    @Test func runs() throws {
        // Returns the length of the packet, and writes 9 at its beginning.
        let spec = ProgramSpec(
            type: .schedCls,
            code: [
                .load(.word, .r0, .r1, 0), .load(.word, .r2, .r1, 76), .load(.word, .r3, .r1, 80),
                .move(.r4, .register(.r2)), .alu(.add, .r4, 1), .jump(if: .greater, .r4, .register(.r3), skip: 1),
                .store(.byte, .r2, 0, 9), .exit,
            ])
        let program = try KernelProgram.load(spec, maps: [:])
        let run = try program.testRun(data: [UInt8](repeating: 1, count: 60), repeat: 10)
        #expect(run.result == 60)
        #expect(run.data == [9] + [UInt8](repeating: 1, count: 59))
    }

    @Test func mapsAndTailCalls() throws {
        let counts = try KernelMapTests.hash(valueSize: 4)
        let programs = try KernelMap(type: 3, keySize: 4, valueSize: 4, maxEntries: 2)
        let target = ProgramSpec(type: .xdp, code: [.move(.r0, 42), .exit])
        try programs.update(1, program: try KernelProgram.load(target, maps: [:]))
        let spec = ProgramSpec(
            type: .xdp,
            code: [
                .move(.r6, .register(.r1)), .store(.word, .r10, -4, 5), .store(.word, .r10, -8, 6),
                .move(.r2, .register(.r10)), .alu(.add, .r2, -4), .move(.r3, .register(.r10)), .alu(.add, .r3, -8),
                .move(.r4, 0), .loadWide(.r1, .map(1)), .call(helper: 2), .move(.r1, .register(.r6)),
                .loadWide(.r2, .map(2)), .move(.r3, 1), .call(helper: 12), .move(.r0, 0), .exit,
            ])
        let program = try KernelProgram.load(spec, maps: [1: counts, 2: programs])
        #expect(try program.testRun(data: [UInt8](repeating: 0, count: 64)).result == 42)
        #expect(try counts.lookup([5, 0, 0, 0]) == [6, 0, 0, 0])
        #expect(throws: KernelError.self) { try KernelProgram.load(spec, maps: [1: counts]) }
    }
}
