import Testing
import Weir

/// Packets on which refused programs do wrong are found, and they do.
@Suite struct CounterexampleTests {
    struct Case: CustomTestStringConvertible {
        let name: String
        let program: String
        /// What must be in the packet that is found.
        let holds: @Sendable (Counterexample) -> Bool

        var testDescription: String { name }
    }

    static let cases: [Case] = [
        Case(
            name: "a packet one byte short",
            program: """
                .type sched_cls
                r0 = 0
                r2 = *(u32 *)(r1 + __sk_buff.data)
                r3 = *(u32 *)(r1 + __sk_buff.data_end)
                r4 = r2
                r4 += 14
                if r4 > r3 goto out
                r0 = *(u16 *)(r2 + 13)
                out: exit
                """, holds: { $0.packet.count == 14 }),
        Case(
            name: "headers in network order, a length in them, and the last check short",
            program: """
                .type xdp
                r2 = *(u32 *)(r1 + xdp_md.data)
                r3 = *(u32 *)(r1 + xdp_md.data_end)
                r0 = 1
                r4 = r2
                r4 += 34
                if r4 > r3 goto out
                r5 = *(u16 *)(r2 + 12)
                r5 = be16 r5
                if r5 != 0x0800 goto out
                r5 = *(u8 *)(r2 + 23)
                if r5 != 17 goto out
                r5 = *(u8 *)(r2 + 14)
                r5 &= 15
                r5 <<= 2
                if r5 < 24 goto out
                r2 += 14
                r2 += r5
                r4 = r2
                r4 += 8
                if r4 > r3 goto out
                r5 = *(u16 *)(r2 + 2)
                if r5 != 0x3500 goto out
                r0 = *(u64 *)(r2 + 4)
                out: exit
                """,
            holds: { example in
                let header = 14 + 4 * Int(example.packet[14] & 15)
                return example.packet[12...13] == [8, 0] && example.packet[23] == 17
                    && example.packet[(header + 2)...(header + 3)] == [0, 53]
                    && (header + 8..<header + 12).contains(example.packet.count)
            }),
        Case(
            name: "packet loads, and a field of the context",
            program: """
                .map counts array key 4 value 64 entries 1
                r6 = r1
                r0 = *(u16 *)skb[12]
                if r0 != 0x86dd goto out
                r0 = *(u16 *)skb[54]
                if r0 <= 1023 goto out
                r7 = *(u32 *)(r6 + __sk_buff.mark)
                r7 += 4
                if r7 > 64 goto out
                r1 = map counts[0]
                r1 += r7
                r0 = *(u8 *)(r1 + 0)
                out: r0 = 0
                exit
                """,
            holds: { $0.packet[12...13] == [0x86, 0xdd] && $0.fields.map { "\($0.name) \($0.value)" } == ["mark 60"] }),
        Case(
            name: "bytes copied by a helper",
            program: """
                r6 = r1
                r2 = 14
                r3 = r10
                r3 += -8
                r4 = 8
                call bpf_skb_load_bytes
                r1 = *(u32 *)(r10 - 8)
                if r1 != 0x12345678 goto out
                r2 = *(u8 *)(r10 - 3)
                r3 = r10
                r3 += r2
                r0 = *(u8 *)(r3 - 64)
                exit
                out: r0 = 0
                exit
                """, holds: { $0.packet[14...17] == [0x78, 0x56, 0x34, 0x12] }),
        Case(
            name: "a key that isn't there",
            program: """
                .map flows hash key 4 value 8 entries 16
                *(u32 *)(r10 - 4) = 7
                r2 = r10
                r2 += -4
                r1 = map flows
                call bpf_map_lookup_elem
                r0 = *(u64 *)(r0 + 0)
                exit
                """, holds: { _ in true }),
        Case(
            name: "a key that must be there, made of packet bytes",
            program: """
                .type sched_cls
                .map flows hash key 8 value 16 entries 16
                r6 = r1
                r2 = 26
                r3 = r10
                r3 += -8
                r4 = 4
                call bpf_skb_load_bytes
                *(u32 *)(r10 - 4) = 17
                r1 = map flows
                r2 = r10
                r2 += -8
                call bpf_map_lookup_elem
                if r0 == 0 goto out
                r1 = *(u32 *)(r6 + __sk_buff.mark)
                r1 &= 31
                r0 += r1
                r0 = *(u8 *)(r0 + 0)
                out: r0 = 0
                exit
                """,
            holds: { $0.entries.map(\.key) == [[0, 0, 0, 0, 17, 0, 0, 0]] && $0.fields[0].value & 31 >= 16 }),
    ]

    @Test(arguments: cases) func isFound(_ test: Case) throws {
        let rejection = try Self.rejection(of: test.program)
        let example = try #require(Counterexample.find(for: rejection))
        #expect(test.holds(example), "\(example)")
        #expect(example.fault.instruction == rejection.index)
        // The fault is no accident: a run of its own has it too.
        let executable = try Executable.loadUnverified(rejection.program)
        for entry in example.entries {
            let map = try #require(executable.maps[entry.map])
            try map.update(entry.key, [UInt8](repeating: 0, count: map.spec.valueSize))
        }
        let worker = Worker(seed: example.seed)
        var packet = example.packet
        _ = executable.run(onMutable: &packet, metadata: example.metadata, worker: worker)
        #expect(worker.fault?.instruction == rejection.index)
    }

    /// Programs that are refused though they do no wrong, and those that never run.
    @Test(arguments: [
        "r1 &= -1\nr0 = 0\nexit", "r0 = 0\nexit\nexit",
        "r0 = 0\nr1 = 0\nif r0 == 0 goto out\nr1 = 1\nout: r2 = r10\nr2 += r1\n*(u64 *)(r2 - 9) = r0\nexit",
    ])
    func isNotFound(_ program: String) throws {
        #expect(Counterexample.find(for: try Self.rejection(of: program)) == nil)
    }

    private static func rejection(of program: String) throws -> VerifierRejection {
        let spec = try ProgramSpec(assembly: program)
        do throws(VerifierRejection) {
            _ = try Verifier().verify(spec)
        } catch {
            return error
        }
        return try #require(nil, "accepted")
    }
}
