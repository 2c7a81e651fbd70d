import BPFModel
import BPFText
import BPFVerifier
import Testing

/// A rejection tells how the proof came there.
@Suite struct PathTests {
    private func rejection(of program: String) throws -> VerifierRejection {
        let spec = try ProgramSpec(assembly: program)
        return try #require(Self.rejection(of: spec, Verifier.Options()), "accepted")
    }

    private static func rejection(of spec: ProgramSpec, _ options: Verifier.Options) -> VerifierRejection? {
        do throws(VerifierRejection) {
            _ = try Verifier(options).verify(spec)
            return nil
        } catch {
            return error
        }
    }

    /// The path as `index: after | index: after | … n | index? before`.
    private func text(_ path: VerifierRejection.Path) -> [String] {
        path.start.map { "start \($0.place) = \($0.text)" }
            + path.entries.map { entry in
                switch entry {
                case .repetitions(let count): "… \(count)"
                case .step(let step):
                    String(repeating: "  ", count: step.frame) + "\(step.index)"
                        + (step.taken.map { $0 ? " taken" : " not taken" } ?? "") + ": "
                        + (step.after.isEmpty ? step.before : step.after).map { "\($0.place) = \($0.text)" }
                        .joined(separator: ", ")
                }
            }
    }

    @Test func minimalPathHasOnlyWhatTheClaimDependsOn() throws {
        let rejection = try rejection(
            of: """
                .type sched_cls
                r9 = 7
                r6 = r1
                r2 = *(u32 *)(r1 + __sk_buff.data)
                r3 = *(u32 *)(r1 + __sk_buff.data_end)
                r5 = *(u32 *)(r1 + __sk_buff.mark)
                if r5 == 9 goto out
                r4 = r2
                r4 += 14
                if r4 > r3 goto out
                r0 = *(u32 *)(r2 + 12)
                out: r0 = 0
                exit
                """)
        #expect(
            text(rejection.path()) == [
                "2: r2 = packet, 0 bytes checked", "3: r3 = data_end", "6: r4 = packet, 0 bytes checked",
                "7: r4 = packet+14, 0 bytes checked", "8 not taken: r2 = packet, 14 bytes checked",
                "9: r2 = packet, 14 bytes checked",
            ])
        let full = rejection.path(.full)
        #expect(text(full).count == 10)
        #expect(text(full)[5] == "5 not taken: r5 = a number (0...4294967295)")
        #expect(rejection.branches.map(\.index) == [5, 8])
        #expect(rejection.pathLength == 10)
        #expect(full.registers.map { "\($0.place)" } == ["r1", "r2", "r3", "r4", "r5", "r6", "r9", "r10"])
    }

    @Test func branchesThatBoundedANumberMatter() throws {
        let rejection = try rejection(
            of: """
                .map values array key 4 value 16 entries 1
                r6 = *(u32 *)(r1 + __sk_buff.hash)
                if r6 > 20 goto out
                r7 = r6
                if r7 < 4 goto out
                r0 = map values[0]
                r0 += r6
                r0 = *(u8 *)(r0 + 0)
                out: r0 = 0
                exit
                """)
        #expect(
            text(rejection.path()) == [
                "0: r6 = a number (0...4294967295)", "1 not taken: r6 = a number (0...20)",
                "2: r7 = a number (0...20)", "3 not taken: r6 = a number (4...20)", "4: r0 = a value of map values",
                "5: r0 = a value of map values+(4...20)", "6: r0 = a value of map values+(4...20)",
            ])
    }

    @Test func theStackIsFollowed() throws {
        let rejection = try rejection(
            of: """
                r2 = r1
                r3 = 5
                *(u64 *)(r10 - 8) = r2
                *(u64 *)(r10 - 16) = r3
                r4 = *(u64 *)(r10 - 8)
                r4 += 4
                r0 = *(u32 *)(r4 + 0)
                exit
                """)
        #expect(
            text(rejection.path()) == [
                "start r1 = the context", "0: r2 = the context", "2: fp-8 = the context", "4: r4 = the context",
                "5: r4 = the context+4", "6: r4 = the context+4",
            ])
    }

    @Test func functionsAreFollowed() throws {
        let rejection = try rejection(
            of: """
                r1 = 64
                r2 = 1
                call f
                r0 = *(u8 *)(r0 + 0)
                exit
                f: r0 = r1
                r2 += 1
                exit
                """)
        #expect(
            text(rejection.path()) == [
                "0: r1 = the number 64", "2: r1 = the number 64", "  5: r0 = the number 64", "  7: r0 = the number 64",
                "3: r0 = the number 64",
            ])
    }

    @Test func turnsOfLoopsAreLeftOut() throws {
        let rejection = try rejection(
            of: """
                r7 = r10
                r7 += -64
                r6 = 0
                outer: r8 = 0
                inner: r8 += 1
                if r8 < 5 goto inner
                *(u8 *)(r7 + 0) = 1
                r7 += 1
                r6 += 1
                if r6 < 100 goto outer
                r0 = 0
                exit
                """)
        #expect(
            text(rejection.path()) == [
                "0: r7 = fp", "1: r7 = fp-64", "7: r7 = fp-63", "… 62", "7: r7 = fp", "6: r7 = fp",
            ])
        let inner = ["4: r8 = the number 1", "5 taken: r8 = the number 1", "… 2"]
        let full = text(rejection.path(.full))
        #expect(Array(full[4..<6]) == ["4: r8 = the number 1", "5 taken: r8 = the number 1"])
        #expect(full.filter { $0 == "… 2" || $0 == "… 3" }.count >= 2, "\(full) \(inner)")
        #expect(full.contains { $0 == "… 62" || $0 == "… 61" })
        #expect(full.count < 40)
    }

    @Test func endlessLoopsShowTheirBranches() throws {
        let rejection = try rejection(
            of: """
                r0 = 0
                r5 = 3
                again: r1 = 1
                r2 = 2
                r3 = 3
                r4 = 4
                if r0 == 1 goto out
                goto again
                out: exit
                """)
        #expect(rejection.reason == .infiniteLoop)
        #expect(text(rejection.path()) == ["0: r0 = the number 0", "6 not taken: r0 = the number 0", "2: "])
    }

    /// However a program is refused, the path leads to the instruction that is named.
    @Test func pathsLeadToTheRefusal() throws {
        var refused = 0
        for test in RejectionCase.all {
            let rejection = try #require(try test.rejection())
            try expectPath(to: rejection)
            #expect(rejection == (try test.rejection()), "a rejection is a value")
        }
        for seed: UInt64 in 0..<400 {
            for pruning in [Verifier.Options.Pruning.none, .sparse, .always] {
                var options = Verifier.Options()
                options.pruning = pruning
                guard let rejection = Self.rejection(of: RandomBranches.program(seed: seed), options) else { continue }
                refused += 1
                try expectPath(to: rejection)
            }
        }
        #expect(refused > 300)
    }

    private func expectPath(to rejection: VerifierRejection) throws {
        #expect(rejection.instructions.count == rejection.pathLength)
        for detail in VerifierRejection.Path.Detail.allCases {
            let path = rejection.path(detail)
            guard rejection.pathLength > 0 else {
                #expect(path.entries.isEmpty)
                continue
            }
            guard case .step(let last) = path.entries.last else {
                Issue.record("the path of \(rejection) has no end")
                continue
            }
            #expect(last.index == rejection.index)
            let known = Set(last.before.map(\.place))
            let named = rejection.assertion?.parts.registers ?? []
            #expect(named.allSatisfy { register in known.contains { $0.register == register } })
        }
    }
}
