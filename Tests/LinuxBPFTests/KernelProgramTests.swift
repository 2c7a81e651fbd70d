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

    @Test func callbacksNeedTypes() throws {
        let spec = ProgramSpec(
            type: .xdp,
            code: [
                .move(.r1, 3), .loadWide(.r2, .function(5)), .move(.r3, 0), .move(.r4, 0), .call(helper: 181), .exit,
                .move(.r0, 0), .exit,
            ])
        var types = KernelTypes.Builder()
        let integer = types.integer("int", bytes: 4)
        let function = types.function("function", returning: integer)
        let functions = KernelFunctions(try KernelTypes(types.bytes), [(0, function), (7, function)])
        let program = try KernelProgram.load(spec, maps: [:], functions: functions)
        #expect(try program.testRun(data: [UInt8](repeating: 0, count: 64)).result == 3)
        #expect(throws: KernelError.self) { try KernelProgram.load(spec, maps: [:]) }
    }

    @Test func locksNeedTypes() throws {
        var types = KernelTypes.Builder()
        let integer = types.integer("int", bytes: 4)
        let lock = types.structure("bpf_spin_lock", bytes: 4, members: [("val", integer, 0)])
        let value = types.structure("value", bytes: 8, members: [("lock", lock, 0), ("count", integer, 4)])
        let entry = KernelTypes.Entry(try KernelTypes(types.bytes), key: integer, value: value)
        let map = try KernelMap(type: 1, keySize: 4, valueSize: 8, maxEntries: 2, types: entry)
        // BPF_F_LOCK is only for values with locks.
        try map.update([1, 0, 0, 0], [0, 0, 0, 0, 7, 0, 0, 0], flags: 4)
        #expect(try map.lookup([1, 0, 0, 0], flags: 4) == [0, 0, 0, 0, 7, 0, 0, 0])
        let plain = try KernelMapTests.hash(valueSize: 8)
        #expect(throws: KernelError.self) { try plain.update([1, 0, 0, 0], [UInt8](repeating: 0, count: 8), flags: 4) }
    }
}
