import BPFModel
import BPFText
import BPFVerifier
import Testing

/// A program with a function that a helper calls, and whether Linux accepts it.
///
/// Linux 6.18 was asked for each verdict.
struct CallbackCase: CustomTestStringConvertible {
    let name: String
    let isAccepted: Bool
    let program: String

    var testDescription: String { name }

    /// `bpf_loop` over a callback whose context, at fp-8, starts as 0; `after` runs when it is done.
    static func loop(
        _ name: String, accepted: Bool, turns: String, callback: String, after: String = "r0 = 0\nexit"
    ) -> CallbackCase {
        CallbackCase(
            name: name, isAccepted: accepted,
            program: """
                .map table array key 4 value 64 entries 1
                .map events ringbuf key 0 value 0 entries 4096
                *(u64 *)(r10 - 8) = 0
                \(turns)
                r2 = subprog f
                r3 = r10
                r3 += -8
                r4 = 0
                call bpf_loop
                \(after)
                f: \(callback)
                """)
    }

    private static let unknownTurns = "call bpf_get_prandom_u32\nr1 = r0"
    private static let useCounter = """
        r1 = *(u64 *)(r10 - 8)
        r3 = map table[0] + 0
        r3 += r1
        r4 = *(u8 *)(r3 + 0)
        r0 = 0
        exit
        """
    private static let count = """
        r1 = *(u64 *)(r2 + 0)
        r1 += 1
        *(u64 *)(r2 + 0) = r1
        r0 = 0
        exit
        """
    private static func index(bound: String = "", _ register: String = "r1 = *(u64 *)(r2 + 0)") -> String {
        """
        \(register)
        \(bound)
        r3 = map table[0] + 0
        r3 += r1
        r4 = *(u8 *)(r3 + 0)
        r1 += 1
        *(u64 *)(r2 + 0) = r1
        out: r0 = 0
        exit
        """
    }

    static let all: [CallbackCase] = [
        loop("nothing done", accepted: true, turns: "r1 = 100", callback: "r0 = 0\nexit"),
        loop("no turn at all", accepted: true, turns: "r1 = 0", callback: "r0 = *(u64 *)(r9 + 0)\nexit"),
        loop("fault in the callback", accepted: false, turns: "r1 = 1", callback: "r0 = *(u64 *)(r9 + 0)\nexit"),
        loop("counter", accepted: true, turns: "r1 = 100", callback: count),
        loop("counter, any number of turns", accepted: true, turns: unknownTurns, callback: count),
        loop(
            "counter as a checked index", accepted: true, turns: "r1 = 1000",
            callback: index(bound: "if r1 >= 56 goto out")),
        loop(
            "counter as a checked index, any number of turns", accepted: true, turns: unknownTurns,
            callback: index(bound: "if r1 >= 56 goto out")),
        loop("counter as an index, few turns", accepted: true, turns: "r1 = 50", callback: index()),
        loop("counter as an index, many turns", accepted: false, turns: "r1 = 100", callback: index()),
        loop("counter as an index, any number of turns", accepted: false, turns: unknownTurns, callback: index()),
        loop(
            "counter used afterwards, few turns", accepted: true, turns: "r1 = 10", callback: count, after: useCounter),
        loop(
            "counter used afterwards, many turns", accepted: false, turns: "r1 = 100", callback: count,
            after: useCounter),
        loop(
            "written by the callback, used afterwards", accepted: false, turns: "r1 = 100",
            callback: "*(u64 *)(r2 + 0) = 70\nr0 = 0\nexit", after: useCounter),
        loop(
            "turn's number as a checked index", accepted: true, turns: "r1 = 100",
            callback: index(bound: "if r1 >= 56 goto out", "r2 = r2")),
        loop("turn's number as an index", accepted: false, turns: "r1 = 10", callback: index("r2 = r2")),
        loop(
            "ended by the callback", accepted: true, turns: "r1 = 100",
            callback: """
                r1 = *(u64 *)(r2 + 0)
                r0 = 1
                if r1 >= 5 goto out
                r1 += 1
                *(u64 *)(r2 + 0) = r1
                r0 = 0
                out: exit
                """, after: useCounter),
        loop(
            "record reserved and submitted in the callback", accepted: true, turns: "r1 = 10",
            callback: """
                r1 = map events
                r2 = 8
                r3 = 0
                call bpf_ringbuf_reserve
                if r0 == 0 goto out
                r1 = r0
                r2 = 0
                call bpf_ringbuf_submit
                out: r0 = 0
                exit
                """),
        loop(
            "callback within a callback", accepted: true, turns: "r1 = 10",
            callback: """
                r3 = r2
                r1 = 10
                r2 = subprog g
                r4 = 0
                call bpf_loop
                r0 = 0
                exit
                g: \(count)
                """),
        loop(
            "fault in a callback within a callback", accepted: false, turns: "r1 = 10",
            callback: """
                r3 = r2
                r1 = 10
                r2 = subprog g
                r4 = 0
                call bpf_loop
                r0 = 0
                exit
                g: \(index("r2 = r2"))
                """),
    ]
}

@Suite struct CallbackTests {
    @Test(arguments: CallbackCase.all) func agreesWithLinux(_ test: CallbackCase) throws {
        let spec = try ProgramSpec(assembly: test.program)
        do throws(VerifierRejection) {
            let verified = try Verifier().verify(spec)
            #expect(test.isAccepted)
            #expect(verified.statistics.processed < 2_000)
        } catch {
            #expect(!test.isAccepted, "\(error)")
        }
    }

    /// The callback of `bpf_for_each_map_elem` is given a map, a key, a value and its context.
    @Test(arguments: [
        ("r0 = *(u32 *)(r2 + 0)", true), ("r0 = *(u64 *)(r2 + 0)", false), ("r0 = *(u64 *)(r3 + 8)", true),
        ("*(u64 *)(r3 + 8) = 1", true), ("r0 = *(u64 *)(r3 + 16)", false), ("r0 = *(u64 *)(r4 + 0)", true),
        ("r0 = r5", false), ("call bpf_map_delete_elem", true), ("r3 = r2\nr3 += 1\ncall bpf_map_delete_elem", true),
        ("r2 += 1\ncall bpf_map_delete_elem", false),
    ])
    func elements(_ body: String, _ isAccepted: Bool) throws {
        let spec = try ProgramSpec(
            assembly: """
                .map counts hash key 4 value 16 entries 16
                *(u64 *)(r10 - 8) = 0
                r1 = map counts
                r2 = subprog f
                r3 = r10
                r3 += -8
                r4 = 0
                call bpf_for_each_map_elem
                r0 = 0
                exit
                f: \(body)
                r0 = 0
                exit
                """)
        let verified: VerifiedProgram? = try? Verifier().verify(spec)
        #expect((verified != nil) == isAccepted)
    }

    /// A callback counts towards the depth and the stack of a chain, wherever its address was loaded.
    @Test func callbacksNeedStack() throws {
        let program = { (bytes: Int) in
            """
            *(u64 *)(r10 - 200) = 0
            r1 = subprog g
            call f
            r0 = 0
            exit
            f: *(u64 *)(r10 - 200) = 0
            r2 = r1
            r1 = 4
            r3 = 0
            r4 = 0
            call bpf_loop
            r0 = 0
            exit
            g: *(u64 *)(r10 - \(bytes)) = 0
            r0 = 0
            exit
            """
        }
        let verified = try Verifier().verify(ProgramSpec(assembly: program(96)))
        #expect(verified.facts.stackBytes == 512)
        let deeper = try ProgramSpec(assembly: program(104))
        do throws(VerifierRejection) {
            _ = try Verifier().verify(deeper)
            Issue.record("accepted")
        } catch {
            #expect(error.reason == .stackDepth)
        }
    }
}
