import BPFModel
import BPFText
import BPFVerifier
import Testing

/// Programs as people write them are accepted, and cost little.
@Suite struct AcceptanceTests {
    /// Counts packets by protocol, behind VLAN tags and IPv6, with direct packet access.
    static let flowCounter = """
        .type sched_cls
        .map flows hash key 8 value 16 entries 1024
                r6 = r1
                r7 = *(u32 *)(r1 + __sk_buff.data)
                r8 = *(u32 *)(r1 + __sk_buff.data_end)
                r2 = r7
                r2 += 14
                if r2 > r8 goto pass
                r3 = *(u16 *)(r7 + 12)
                r9 = 14
                if r3 != 0x0081 goto network
                r2 = r7
                r2 += 18
                if r2 > r8 goto pass
                r3 = *(u16 *)(r7 + 16)
                r9 = 18
        network:
                r4 = r7
                r4 += r9
                if r3 == 0xdd86 goto six
                if r3 != 0x0008 goto pass
                r5 = r4
                r5 += 20
                if r5 > r8 goto pass
                r0 = *(u8 *)(r4 + 0)
                r0 &= 15
                r0 <<= 2
                if r0 < 20 goto pass
                r1 = *(u8 *)(r4 + 9)
                r4 += r0
                goto transport
        six:
                r5 = r4
                r5 += 40
                if r5 > r8 goto pass
                r1 = *(u8 *)(r4 + 6)
                r4 += 40
        transport:
                r5 = r4
                r5 += 4
                if r5 > r8 goto pass
                r2 = *(u32 *)(r4 + 0)
                *(u32 *)(r10 - 8) = r1
                *(u32 *)(r10 - 4) = r2
                r2 = r10
                r2 += -8
                r1 = map flows
                call bpf_map_lookup_elem
                if r0 == 0 goto fresh
                r1 = 1
                lock *(u64 *)(r0 + 0) += r1
                r2 = *(u32 *)(r6 + __sk_buff.len)
                lock *(u64 *)(r0 + 8) += r2
                goto pass
        fresh:
                r1 = 1
                *(u64 *)(r10 - 24) = r1
                r2 = *(u32 *)(r6 + __sk_buff.len)
                *(u64 *)(r10 - 16) = r2
                r1 = map flows
                r2 = r10
                r2 += -8
                r3 = r10
                r3 += -24
                r4 = 0
                call bpf_map_update_elem
        pass:
                r0 = 0
                exit
        """

    @Test func flowCounter() throws {
        let verified = try Verifier().verify(ProgramSpec(assembly: Self.flowCounter))
        #expect(verified.statistics.processed < 200)
        #expect(verified.facts.reachable.allSatisfy { $0 })
        #expect(verified.facts.stackBytes == 32)
        #expect(verified.facts.functions.map(\.stackBytes) == [24])
    }

    /// Every bounds check that is left out is missed, and so is every null check.
    @Test func flowCounterNeedsEveryCheck() throws {
        let spec = try ProgramSpec(assembly: Self.flowCounter)
        var checks = 0
        for (index, instruction) in spec.code.enumerated() {
            switch instruction {
            case .branch(.greater, _, _, .register, _), .branch(.equal, _, .r0, 0, _): break
            default: continue
            }
            checks += 1
            var code = Array(spec.code)
            code[index] = .move(.r5, 0)
            var mutant = spec
            mutant.code = InstructionSequence(code)
            #expect(throws: VerifierRejection.self) { try Verifier().verify(mutant) }
        }
        #expect(checks == 6)
    }

    @Test func boundedLoopsEnd() throws {
        let verified = try Verifier().verify(
            ProgramSpec(
                assembly: """
                    r0 = 0
                    r1 = 0
                    again: r0 += r1
                    r1 += 1
                    if r1 < 1000 goto again
                    exit
                    """))
        #expect(verified.statistics.processed < 4_000)
    }

    /// Thirty-one branches that all meet again: only pruning keeps this from going on for ever.
    @Test func branchesMeetAgain() throws {
        var text = "r6 = *(u32 *)(r1 + 0)\nr0 = 0\n"
        for branch in 0..<31 {
            text += "if r6 & \(Int32(truncatingIfNeeded: 1 << branch)) goto l\(branch)\nr0 += 1\nl\(branch): r0 += 2\n"
        }
        let verified = try Verifier().verify(ProgramSpec(assembly: text + "exit"))
        #expect(verified.statistics.processed < 3_000)
    }

    @Test func unboundedWorkEndsAtTheLimit() throws {
        var options = Verifier.Options()
        options.instructionLimit = 10_000
        let spec = try ProgramSpec(
            assembly: """
                r0 = 0
                again: r0 += 1
                r1 = r0
                r2 = r0
                r3 = r0
                if r0 < 1000000000 goto again
                exit
                """)
        do throws(VerifierRejection) {
            _ = try Verifier(options).verify(spec)
            Issue.record("accepted")
        } catch {
            #expect(error.reason == .complexity)
            #expect(error.claim == "the proof needs more than 10000 instructions, the limit")
        }
    }

    @Test func memoryOfTheCaller() throws {
        let spec = try ProgramSpec(
            assembly: """
                r0 = 0
                if r2 < 8 goto out
                r0 = *(u64 *)(r1 + 56)
                out: exit
                """)
        #expect(throws: Never.self) { try Verifier().verify(spec, entry: .memory(size: 64)) }
        // The length is known: the load can't be reached.
        #expect(throws: Never.self) { try Verifier().verify(spec, entry: .memory(size: 0)) }
        #expect(throws: VerifierRejection.self) { try Verifier().verify(spec, entry: .memory(size: 63)) }
    }

    @Test func factsTellTheContextFromMemory() throws {
        let verified = try Verifier().verify(
            ProgramSpec(
                assembly: """
                    r0 = *(u32 *)(r1 + 8)
                    *(u64 *)(r10 - 8) = r0
                    r0 = 0
                    if r0 == 0 goto out
                    r0 = *(u64 *)(r10 - 8)
                    out: exit
                    """))
        #expect(verified.facts.accesses == [.context(.mark), .memory, nil, nil, nil, nil])
        #expect(verified.facts.reachable == [true, true, true, true, false, true])
        #expect(verified.facts.outcomes[3] == .taken)
    }
}
