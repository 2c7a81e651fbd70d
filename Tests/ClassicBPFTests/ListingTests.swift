import ClassicBPF
import Testing

@Suite struct ListingTests {
    /// Every operation, as libpcap's `bpf_image` prints it at index 7.
    static let images: [(ClassicInstruction, String)] = [
        (ClassicInstruction(.loadAbsolute(.word, offset: 26)), "(007) ld       [26]"),
        (ClassicInstruction(.loadAbsolute(.half, offset: 12)), "(007) ldh      [12]"),
        (ClassicInstruction(.loadAbsolute(.byte, offset: 0xffff_ffff)), "(007) ldb      [-1]"),
        (ClassicInstruction(.loadAbsolute(.half, offset: 0xffff_f004)), "(007) ldh      [type]"),
        (ClassicInstruction(.loadAbsolute(.half, offset: 0xffff_f005)), "(007) ldh      [-4091]"),
        (ClassicInstruction(.loadIndexed(.word, offset: 2)), "(007) ld       [x + 2]"),
        (ClassicInstruction(.loadIndexed(.half, offset: 14)), "(007) ldh      [x + 14]"),
        (ClassicInstruction(.loadIndexed(.byte, offset: 0x8000_0000)), "(007) ldb      [x + -2147483648]"),
        (ClassicInstruction(.loadHeaderLength(offset: 14)), "(007) ldxb     4*([14]&0xf)"),
        (ClassicInstruction(.loadLength(.a)), "(007) ld       #pktlen"),
        (ClassicInstruction(.loadLength(.x)), "(007) unimp    0x81"),
        (ClassicInstruction(.loadConstant(.a, 0xffff_ffff)), "(007) ld       #0xffffffff"),
        (ClassicInstruction(.loadConstant(.x, 4)), "(007) ldx      #0x4"),
        (ClassicInstruction(.loadMemory(.a, cell: 3)), "(007) ld       M[3]"),
        (ClassicInstruction(.loadMemory(.x, cell: 15)), "(007) ldx      M[15]"),
        (ClassicInstruction(.store(.a, cell: 0)), "(007) st       M[0]"),
        (ClassicInstruction(.store(.x, cell: 1)), "(007) stx      M[1]"),
        (ClassicInstruction(.arithmetic(.add, .constant(5))), "(007) add      #5"),
        (ClassicInstruction(.arithmetic(.sub, .constant(0xffff_ffff))), "(007) sub      #-1"),
        (ClassicInstruction(.arithmetic(.mul, .constant(3))), "(007) mul      #3"),
        (ClassicInstruction(.arithmetic(.div, .constant(3))), "(007) div      #3"),
        (ClassicInstruction(.arithmetic(.mod, .constant(3))), "(007) mod      #3"),
        (ClassicInstruction(.arithmetic(.or, .constant(0xf0))), "(007) or       #0xf0"),
        (ClassicInstruction(.arithmetic(.and, .constant(0xff))), "(007) and      #0xff"),
        (ClassicInstruction(.arithmetic(.xor, .constant(1))), "(007) xor      #0x1"),
        (ClassicInstruction(.arithmetic(.lsh, .constant(2))), "(007) lsh      #2"),
        (ClassicInstruction(.arithmetic(.rsh, .constant(4))), "(007) rsh      #4"),
        (ClassicInstruction(.arithmetic(.rsh, .x)), "(007) rsh      x"),
        (ClassicInstruction(.arithmetic(.add, .x)), "(007) add      x"),
        (ClassicInstruction(.negate), "(007) neg      "),
        (ClassicInstruction(.jump(3)), "(007) ja       11"),
        (ClassicInstruction(.jump(0xffff_fffb)), "(007) ja       3"),
        (
            ClassicInstruction(.branch(.equal, .constant(0x800), ifTrue: 0, ifFalse: 5)),
            "(007) jeq      #0x800           jt 8\tjf 13"
        ),
        (
            ClassicInstruction(.branch(.greater, .constant(0xffff_ffff), ifTrue: 255, ifFalse: 0)),
            "(007) jgt      #0xffffffff      jt 263\tjf 8"
        ),
        (
            ClassicInstruction(.branch(.greaterOrEqual, .x, ifTrue: 1, ifFalse: 2)),
            "(007) jge      x                jt 9\tjf 10"
        ),
        (
            ClassicInstruction(.branch(.anyBit, .constant(0x1fff), ifTrue: 8, ifFalse: 0)),
            "(007) jset     #0x1fff          jt 16\tjf 8"
        ),
        (ClassicInstruction(.returnConstant(262_144)), "(007) ret      #262144"),
        (ClassicInstruction(.returnConstant(0xffff_ffff)), "(007) ret      #-1"),
        (ClassicInstruction(.returnAccumulator), "(007) ret      "),
        (ClassicInstruction(.copyToX), "(007) tax      "),
        (ClassicInstruction(.copyToA), "(007) txa      "),
        (ClassicInstruction(code: 0x0e), "(007) unimp    0xe"),
        (ClassicInstruction(code: 0x128, k: 12), "(007) unimp    0x128"),
        (ClassicInstruction(code: 0xffff), "(007) unimp    0xffff"),
        (ClassicInstruction(code: 0x55, jt: 1, jf: 2), "(007) unimp    0x55             jt 9\tjf 10"),
        (ClassicInstruction(code: 0x0d, jt: 1, jf: 2), "(007) unimp    0xd"),
    ]

    @Test(arguments: images)
    func image(instruction: ClassicInstruction, text: String) {
        #expect(instruction.listing(at: 7) == text)
    }

    @Test(
        arguments: zip(
            AncillaryField.allCases,
            [
                "proto", "type", "ifidx", "nla", "nlan", "mark", "queue", "hatype", "rxhash", "cpu", "xor_x",
                "vlan_tci", "vlanp",
                "poff", "random", "vlan_tpid",
            ]))
    func ancillaryName(field: AncillaryField, name: String) {
        for size in ClassicOperation.Size.allCases {
            let instruction = ClassicInstruction(.loadAbsolute(size, offset: field.offset))
            #expect(instruction.listing(at: 0).hasSuffix(" [\(name)]"))
        }
    }

    @Test func indexesGrowBeyondThreeDigits() {
        #expect(ClassicInstruction(.copyToX).listing(at: 0) == "(000) tax      ")
        #expect(ClassicInstruction(.copyToX).listing(at: 12_345) == "(12345) tax      ")
    }

    @Test func styles() {
        let program = ClassicProgram([
            .loadAbsolute(.half, offset: 12), .branch(.equal, .constant(0x86dd), ifTrue: 0, ifFalse: 1),
            .returnConstant(262_144), .returnConstant(0),
        ])
        #expect(
            program.listing(.assembly) == """
                (000) ldh      [12]
                (001) jeq      #0x86dd          jt 2\tjf 3
                (002) ret      #262144
                (003) ret      #0

                """)
        #expect(
            program.listing(.cArray) == """
                { 0x28, 0, 0, 0x0000000c },
                { 0x15, 0, 1, 0x000086dd },
                { 0x6, 0, 0, 0x00040000 },
                { 0x6, 0, 0, 0x00000000 },

                """)
        #expect(program.listing(.decimal) == "4\n40 0 0 12\n21 0 1 34525\n6 0 0 262144\n6 0 0 0\n")
        #expect(ClassicProgram([ClassicInstruction]()).listing(.assembly).isEmpty)
        #expect(ClassicProgram([ClassicInstruction]()).listing(.decimal) == "0\n")
    }
}
