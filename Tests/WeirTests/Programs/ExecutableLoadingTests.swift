import Testing
import Weir

@Suite struct ExecutableLoadingTests {
    private static let counter = """
        .map hits array key 4 value 8 entries 1
            *(u32 *)(r10 - 4) = 0
            r1 = map hits
            r2 = r10
            r2 += -4
            call bpf_map_lookup_elem
            if r0 == 0 goto out
            r1 = 1
            lock *(u64 *)(r0 + 0) += r1
        out: r0 = 1
            exit
        """

    @Test(arguments: Engine.allCases)
    func mapsAreMadeOrShared(engine: Engine) throws {
        let spec = try ProgramSpec(assembly: Self.counter)
        let first = try Executable.load(spec, engine: engine)
        let second = try Executable.load(spec, maps: first.maps, engine: engine)
        let worker = Worker()
        for executable in [first, second, second] {
            let packet = Sample.arp
            let result = executable.run(on: packet.span, worker: worker)
            #expect(result == 1)
        }
        let map = try #require(first.maps.values.first)
        #expect(try map.lookup([0, 0, 0, 0]) == [3, 0, 0, 0, 0, 0, 0, 0])
    }

    @Test func rejectionQuotesTheInstruction() throws {
        let spec = try ProgramSpec(assembly: "r0 = *(u32 *)(r1 + 76)\nexit\n")
        let error = #expect(throws: ProgramError.self) { try Executable.load(spec) }
        guard case .rejected(let rejection) = error else {
            Issue.record("not rejected: \(String(describing: error))")
            return
        }
        #expect(rejection.index == 0)
        #expect(error?.description.hasPrefix("the verifier refuses the program\n0: r0 = *(u32 *)(r1 + 76)\n") == true)
    }

    @Test func mapsThatCannotBeMade() throws {
        var spec = try ProgramSpec(assembly: Self.counter)
        spec.maps[1]?.valueSize = 0
        let error = #expect(throws: ProgramError.self) { try Executable.loadUnverified(spec) }
        #expect(error?.description.hasPrefix("map hits: EINVAL: ") == true)
    }

    @Test func whatNobodyVerifiedRunsChecked() throws {
        let spec = try ProgramSpec(assembly: "r0 = *(u8 *)(r1 + 0)\nexit\n")
        let executable = try Executable.loadUnverified(spec, entry: .memory(size: 1))
        #expect(executable.engine == .reference)
        var memory: [UInt8] = [9]
        #expect(executable.run(memory: &memory, worker: Worker()) == 9)
    }
}
