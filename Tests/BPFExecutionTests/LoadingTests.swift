import BPFExecution
import BPFMaps
import BPFModel
import BPFVerifier
import Testing

/// What can be made ready to run, and what lowering makes of it.
@Suite struct LoadingTests {
    private static let mapSpec = MapSpec(name: "m", type: .hash, keySize: 4, valueSize: 8, maxEntries: 10)
    private static let usesMap = ProgramSpec(
        type: .socketFilter, code: [.loadWide(.r1, .map(7)), .move(.r0, 0), .exit], maps: [7: mapSpec])

    @Test(arguments: Engine.allCases)
    func mapsMustBeThoseOfTheProof(engine: Engine) throws {
        let verified = try Verifier().verify(Self.usesMap)
        var other = Self.mapSpec
        other.name = "another name is fine"
        #expect(throws: Never.self) { try Executable(verified, maps: [7: Map(other)], engine: engine) }
        other.maxEntries = 11
        let wrong = try Map(other)
        #expect(
            text { () throws(LoadError) in _ = try Executable(verified, engine: engine) }
                == "the program uses map 7, but no live map was given for it")
        #expect(
            text { () throws(LoadError) in _ = try Executable(verified, maps: [7: wrong], engine: engine) }
                == "map 7 was verified as hash of 10 entries, keys of 4 and values of 8 bytes, flags 0x0, "
                + "but the live map is hash of 11 entries, keys of 4 and values of 8 bytes, flags 0x0")
    }

    @Test(
        arguments: [
            (
                [.loadWide(.r0, .variable(1, module: 2)), .exit],
                "instruction 0: 64-bit immediate variable(1, module: 2) names nothing this engine has"
            ),
            ([.move(.r0, 0), .call(helper: 4000), .exit], "instruction 1: helper 4000 is not implemented"),
            ([.call(.platform(4)), .exit], "instruction 0: platform function 4 does not exist here"),
            ([.jump(4), .exit], "instruction 0: offset 4 leads to no instruction"),
        ] as [(InstructionSequence, String)])
    func whatCannotBeLowered(code: InstructionSequence, expected: String) {
        let program = VerifiedProgram.unproven(ProgramSpec(type: .xdp, code: code), entry: .context)
        #expect(text { () throws(LoadError) in _ = try Executable(program) } == expected)
    }

    private func text(_ body: () throws(LoadError) -> Void) -> String? {
        do {
            try body()
            return nil
        } catch {
            return error.description
        }
    }

    @Test func everyHelperIsImplemented() {
        for helper in HelperPrototype.all {
            let program = VerifiedProgram.unproven(
                ProgramSpec(type: .socketFilter, code: [.call(helper: helper.id), .exit]), entry: .context)
            #expect(throws: Never.self, "\(helper.name)") { try Executable(program) }
        }
        let ids = Set(HelperPrototype.all.map(\.id))
        for id in 0..<300 as Range<Int32> where !ids.contains(id) {
            let program = VerifiedProgram.unproven(
                ProgramSpec(type: .socketFilter, code: [.call(helper: id), .exit]), entry: .context)
            #expect(throws: LoadError.self, "helper \(id) has no prototype") { try Executable(program) }
        }
    }

    @Test func listingShowsJoinedOperations() throws {
        let code: InstructionSequence = [
            .move(.r6, .register(.r1)), .loadPacket(at: 12, .half), .jump32(if: .notEqual, .r0, 0x800, skip: 2),
            .move(.r0, -1), .exit, .move(.r0, 0), .exit,
        ]
        let executable = try Executable(Verifier().verify(ProgramSpec(type: .socketFilter, code: code)))
        #expect(
            executable.listing?.split(separator: "\n").map { $0.split(separator: " ")[2] }
                == ["packet16NotEqual", "exitWith", "exitWith", "exitWith"])
        let reference = try Executable(unverified: ProgramSpec(type: .socketFilter, code: code))
        #expect(reference.listing == nil)
    }
}
