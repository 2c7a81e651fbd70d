import BPFModel
import BPFText
import TestKit
import Testing

/// Whole programs: declarations, labels, constants, comments, listings.
@Suite struct ProgramTextTests {
    static let countIPv6 = """
        .name    count_ipv6
        .type    sched_cls
        .license "Dual BSD/GPL"
        .map     hits hash key 4 value 8 entries 1024 flags 1
        .map     other array key 4 value 16 entries 2 number 7
        .equ     ETH_P_IPV6, 0x86dd

                 r6 = r1                       # the context
                 r0 = *(u16 *)skb[12]
                 if r0 != ETH_P_IPV6 goto drop // not ours
                 r2 = *(u32 *)(r6 + __sk_buff.len)
                 *(u32 *)(r10 - 4) = r2; r1 = map hits
                 r2 = r10
                 r2 += -4
                 call bpf_map_lookup_elem
                 if r0 == 0 goto drop
                 r1 = map other[0]+8           /* a value of
                                                  the second map */
                 call count
        ; a line that starts so is a comment
        drop:    r0 = 0
                 exit
        count:   lock *(u64 *)(r1 + 0) += r1
                 goto exit
        """

    @Test func aProgramInOneText() throws {
        let program = try Assembler.assemble(Self.countIPv6, source: "count.bpf")
        #expect(program.spec.name == "count_ipv6")
        #expect(program.spec.type == .schedCls)
        #expect(program.spec.license == "Dual BSD/GPL")
        #expect(
            program.spec.maps == [
                1: MapSpec(
                    name: "hits", type: .hash, keySize: 4, valueSize: 8, maxEntries: 1024, flags: .noPreallocation),
                7: MapSpec(name: "other", type: .array, keySize: 4, valueSize: 16, maxEntries: 2),
            ])
        #expect(
            program.code == [
                .move(.r6, .register(.r1)),
                .loadPacket(at: 12, .half),
                .jump(if: .notEqual, .r0, 0x86dd, skip: 11),
                .load(.word, .r2, .r6, 0),
                .store(.word, .r10, -4, .register(.r2)),
                .loadWide(.r1, .map(1)),
                .move(.r2, .register(.r10)),
                .alu(.add, .r2, -4),
                .call(helper: 1),
                .jump(if: .equal, .r0, 0, skip: 3),
                .loadWide(.r1, .mapValue(7, offset: 8)),
                .call(.local(2)),
                .move(.r0, 0),
                .exit,
                .atomic(.modify(.add, fetch: false), .double, base: .r1, offset: 0, source: .r1),
                .jump(-3),
            ])
        #expect(program.labels == ["drop": 14, "count": 16])
        #expect(program.lines == [8, 9, 10, 11, 12, 12, 13, 14, 15, 16, 17, 19, 21, 22, 23, 24])
        #expect(program.source == "count.bpf")
    }

    @Test func bothSyntaxesInOneText() throws {
        let code = try Assembler.assemble(
            """
            start:
            again: mov %r0, 0     # two labels before one instruction
              ldxdw r2, [r1+8]
              if r2 == 0 goto start
              jne r2, 1, again; lddw r3, 0x100000000
              jset32 r3, 1, end
              exit
            end:
            """
        ).code
        #expect(
            code == [
                .move(.r0, 0), .load(.double, .r2, .r1, 8), .jump(if: .equal, .r2, 0, skip: -3),
                .jump(if: .notEqual, .r2, 1, skip: -4), .loadWide(.r3, .value(0x1_0000_0000)),
                .jump32(if: .bitsSet, .r3, 1, skip: 1), .exit,
            ])
    }

    @Test func defaults() throws {
        let spec = try ProgramSpec(assembly: "exit", type: .xdp)
        #expect(spec == ProgramSpec(type: .xdp, code: [.exit]))
        #expect(try Assembler.assemble("").spec == ProgramSpec(type: .socketFilter, code: []))
        #expect(try Assembler.assemble(".type xdp").spec.type == .xdp)
    }

    @Test func namesOfFunctions() throws {
        let code = try Assembler.assemble(
            """
            r1 = subprog callback
            exit
            callback: call local callback
            exit
            """
        ).code
        // A distance counts from the slot after the first of a wide load.
        #expect(code == [.loadWide(.r1, .function(2)), .exit, .call(.local(-1)), .exit])
    }

    @Test func constants() throws {
        let code = try Assembler.assemble(
            """
            .equ SIZE, 16
            .equ MINUS, -SIZE
            .equ BIG, 0xffffffffffffffff
            .equ KTIME, 5
            r1 = SIZE
            r1 = -SIZE
            r1 += MINUS
            r1 = BIG ll
            *(u8 *)(r10 - SIZE) = SIZE
            if r1 == SIZE goto +SIZE
            call KTIME
            r1 = *(u32 *)(r1 + xdp_md.data_end)
            ldxw r1, [r1+__sk_buff.mark]
            """
        ).code
        #expect(
            code == [
                .move(.r1, 16), .move(.r1, -16), .alu(.add, .r1, -16), .loadWide(.r1, .value(.max)),
                .store(.byte, .r10, -16, 16), .jump(if: .equal, .r1, 16, skip: 16), .call(helper: 5),
                .load(.word, .r1, .r1, 4), .load(.word, .r1, .r1, 8),
            ])
    }

    /// The kernel's listings: opcodes in parentheses, offsets close to their sign, `pc`.
    @Test func kernelListing() throws {
        let code = try Assembler.assemble(
            """
            ; int count(struct __sk_buff *skb)
               0: (61) r2 = *(u32 *)(r1 +76)
               1: (7b) *(u64 *)(r10 -8) = r2
               2: (62) *(u32 *)(r10 -16) = 5
               3: (18) r1 = map[fd:3][0]+16
               5: (65) if r2 s> 0x5 goto pc+2
               6: (c3) lock *(u32 *)(r1 +4) += r2
               7: (db) r2 = atomic64_fetch_or((u64 *)(r1 +0), r2)
               8: (85) call bpf_skb_load_bytes#26
               9: (05) goto pc-2
            """
        ).code
        #expect(
            code == [
                .load(.word, .r2, .r1, 76), .store(.double, .r10, -8, .register(.r2)), .store(.word, .r10, -16, 5),
                .loadWide(.r1, .mapValue(3, offset: 16)), .jump(if: .signedGreater, .r2, 5, skip: 2),
                .atomic(.modify(.add, fetch: false), .word, base: .r1, offset: 4, source: .r2),
                .atomic(.modify(.or, fetch: true), .double, base: .r1, offset: 0, source: .r2), .call(helper: 26),
                .jump(-2),
            ])
    }

    @Test func maps() throws {
        let spec = try ProgramSpec(
            assembly: """
                r1 = map "my map"
                .map "my map" array key 4 value 8 entries 1
                .map b array entries 1 key 4 value 8
                .map c array key 4 value 8 entries 1 number 1
                r1 = map b
                """)
        #expect(spec.code == [.loadWide(.r1, .map(2)), .loadWide(.r1, .map(3))])
        #expect(spec.maps.mapValues(\.name) == [1: "c", 2: "my map", 3: "b"])
    }

    @Test(arguments: [
        "0: (b7) r0 = 0\n   1: (95) exit",
        "       0:\tb7 00 00 00 00 00 00 00\tr0 = 0x0\n       1:\t95 00 00 00 00 00 00 00\texit",
        "; int main()\nb7 00 00 00 00 00 00 00  r0 = 0\n; }\n95 00 00 00 00 00 00 00 exit",
        "r0=0;exit;", "r0 = 0 ; ; exit // done", "r0 = 0 exit: exit".replacing(" exit: ", with: "\nexit: "),
    ])
    func listings(text: String) throws {
        #expect(try Assembler.assemble(text).code == [.move(.r0, 0), .exit])
    }
}
