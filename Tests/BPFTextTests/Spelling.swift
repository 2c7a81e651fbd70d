import BPFModel

/// One instruction in each syntax.
struct Spelling {
    let instruction: Instruction
    /// What the disassembler prints, and the assembler reads.
    let llvm: String
    /// What the assembler reads besides; the first in uBPF's syntax.
    let others: [String]

    init(_ instruction: Instruction, _ llvm: String, _ others: String...) {
        self.instruction = instruction
        self.llvm = llvm
        self.others = others
    }

    static let all: [Spelling] = arithmetic + moves + memory + atomics + wide + branches + control

    static let arithmetic: [Spelling] = [
        Spelling(.alu(.add, .r1, 5), "r1 += 5", "add r1, 5", "add64 %r1, 0x5", "r1+=5", "r1 += +5"),
        Spelling(.alu(.add, .r1, .register(.r2)), "r1 += r2", "add r1, r2", "add %r1,%r2"),
        Spelling(.alu32(.add, .r1, -5), "w1 += -5", "add32 r1, -5", "w1 += 0xfffffffb", "w1 += -0x5"),
        Spelling(.alu32(.add, .r1, .register(.r2)), "w1 += w2", "add32 r1, r2"),
        Spelling(.alu(.sub, .r0, 1), "r0 -= 1", "sub r0, 1"),
        Spelling(.alu(.sub, .r0, .register(.r9)), "r0 -= r9", "sub r0, r9"),
        Spelling(.alu32(.sub, .r0, 1), "w0 -= 1", "sub32 r0, 1"),
        Spelling(.alu32(.sub, .r0, .register(.r9)), "w0 -= w9", "sub32 r0, r9"),
        Spelling(.alu(.mul, .r3, 10), "r3 *= 10", "mul r3, 10"),
        Spelling(.alu(.mul, .r3, .register(.r4)), "r3 *= r4", "mul r3, r4"),
        Spelling(.alu32(.mul, .r3, 10), "w3 *= 10", "mul32 r3, 10"),
        Spelling(.alu32(.mul, .r3, .register(.r4)), "w3 *= w4", "mul32 r3, r4"),
        Spelling(.alu(.div, .r3, 10), "r3 /= 10", "div r3, 10"),
        Spelling(.alu(.div, .r3, .register(.r4)), "r3 /= r4", "div r3, r4"),
        Spelling(.alu32(.div, .r3, 10), "w3 /= 10", "div32 r3, 10"),
        Spelling(.alu32(.div, .r3, .register(.r4)), "w3 /= w4", "div32 r3, r4"),
        Spelling(.alu(.sdiv, .r3, -10), "r3 s/= -10", "sdiv r3, -10"),
        Spelling(.alu(.sdiv, .r3, .register(.r4)), "r3 s/= r4", "sdiv r3, r4"),
        Spelling(.alu32(.sdiv, .r3, -10), "w3 s/= -10", "sdiv32 r3, -10"),
        Spelling(.alu32(.sdiv, .r3, .register(.r4)), "w3 s/= w4", "sdiv32 r3, r4"),
        Spelling(.alu(.mod, .r3, 10), "r3 %= 10", "mod r3, 10"),
        Spelling(.alu(.mod, .r3, .register(.r4)), "r3 %= r4", "mod r3, r4"),
        Spelling(.alu32(.mod, .r3, 10), "w3 %= 10", "mod32 r3, 10"),
        Spelling(.alu32(.mod, .r3, .register(.r4)), "w3 %= w4", "mod32 r3, r4"),
        Spelling(.alu(.smod, .r3, -10), "r3 s%= -10", "smod r3, -10"),
        Spelling(.alu(.smod, .r3, .register(.r4)), "r3 s%= r4", "smod r3, r4"),
        Spelling(.alu32(.smod, .r3, -10), "w3 s%= -10", "smod32 r3, -10"),
        Spelling(.alu32(.smod, .r3, .register(.r4)), "w3 s%= w4", "smod32 r3, r4"),
        Spelling(.alu(.or, .r1, 1), "r1 |= 1", "or r1, 1"),
        Spelling(.alu(.or, .r1, .register(.r2)), "r1 |= r2", "or r1, r2"),
        Spelling(.alu32(.or, .r1, 1), "w1 |= 1", "or32 r1, 1"),
        Spelling(.alu32(.or, .r1, .register(.r2)), "w1 |= w2", "or32 r1, r2"),
        Spelling(.alu(.and, .r1, 255), "r1 &= 255", "and r1, 0xff"),
        Spelling(.alu(.and, .r1, .register(.r2)), "r1 &= r2", "and r1, r2"),
        Spelling(.alu32(.and, .r1, 255), "w1 &= 255", "and32 r1, 0xFF"),
        Spelling(.alu32(.and, .r1, .register(.r2)), "w1 &= w2", "and32 r1, r2"),
        Spelling(.alu(.xor, .r1, 1), "r1 ^= 1", "xor r1, 1"),
        Spelling(.alu(.xor, .r1, .register(.r2)), "r1 ^= r2", "xor r1, r2"),
        Spelling(.alu32(.xor, .r1, 1), "w1 ^= 1", "xor32 r1, 1"),
        Spelling(.alu32(.xor, .r1, .register(.r2)), "w1 ^= w2", "xor32 r1, r2"),
        Spelling(.alu(.lsh, .r1, 63), "r1 <<= 63", "lsh r1, 63"),
        Spelling(.alu(.lsh, .r1, .register(.r2)), "r1 <<= r2", "lsh r1, r2"),
        Spelling(.alu32(.lsh, .r1, 31), "w1 <<= 31", "lsh32 r1, 31"),
        Spelling(.alu32(.lsh, .r1, .register(.r2)), "w1 <<= w2", "lsh32 r1, r2"),
        Spelling(.alu(.rsh, .r1, 63), "r1 >>= 63", "rsh r1, 63"),
        Spelling(.alu(.rsh, .r1, .register(.r2)), "r1 >>= r2", "rsh r1, r2"),
        Spelling(.alu32(.rsh, .r1, 31), "w1 >>= 31", "rsh32 r1, 31"),
        Spelling(.alu32(.rsh, .r1, .register(.r2)), "w1 >>= w2", "rsh32 r1, r2"),
        Spelling(.alu(.arsh, .r1, 3), "r1 s>>= 3", "arsh r1, 3"),
        Spelling(.alu(.arsh, .r1, .register(.r2)), "r1 s>>= r2", "arsh r1, r2"),
        Spelling(.alu32(.arsh, .r1, 3), "w1 s>>= 3", "arsh32 r1, 3"),
        Spelling(.alu32(.arsh, .r1, .register(.r2)), "w1 s>>= w2", "arsh32 r1, r2"),
        Spelling(.negate(.double, .r7), "r7 = -r7", "neg r7", "neg64 r7"),
        Spelling(.negate(.word, .r0), "w0 = -w0", "neg32 r0"),
    ]

    static let moves: [Spelling] = [
        Spelling(.move(.r0, -1), "r0 = -1", "mov r0, -1", "mov r0, 0xffffffff", "mov64 r0, -1", "r0 = 4294967295"),
        Spelling(.move(.r6, .register(.r1)), "r6 = r1", "mov r6, r1"),
        Spelling(.alu32(.mov, .r0, 7), "w0 = 7", "mov32 r0, 7"),
        Spelling(.alu32(.mov, .r6, .register(.r1)), "w6 = w1", "mov32 r6, r1"),
        Spelling(.moveSignExtended(.bits8, .double, .r2, .r3), "r2 = (s8)r3", "movsx864 r2, r3", "movs8 r2, r3"),
        Spelling(.moveSignExtended(.bits16, .double, .r2, .r3), "r2 = (s16)r3", "movsx1664 r2, r3", "movs16 r2, r3"),
        Spelling(.moveSignExtended(.bits32, .double, .r2, .r3), "r2 = (s32)r3", "movsx3264 r2, r3", "movs32 r2, r3"),
        Spelling(.moveSignExtended(.bits8, .word, .r2, .r3), "w2 = (s8)w3", "movsx832 r2, r3"),
        Spelling(.moveSignExtended(.bits16, .word, .r2, .r3), "w2 = (s16)w3", "movsx1632 r2, r3"),
        Spelling(.byteSwap(.littleEndian, .bits16, .r1), "r1 = le16 r1", "le16 r1"),
        Spelling(.byteSwap(.littleEndian, .bits32, .r1), "r1 = le32 r1", "le32 r1"),
        Spelling(.byteSwap(.littleEndian, .bits64, .r1), "r1 = le64 r1", "le64 r1"),
        Spelling(.byteSwap(.bigEndian, .bits16, .r1), "r1 = be16 r1", "be16 r1"),
        Spelling(.byteSwap(.bigEndian, .bits32, .r1), "r1 = be32 r1", "be32 r1"),
        Spelling(.byteSwap(.bigEndian, .bits64, .r1), "r1 = be64 r1", "be64 r1"),
        Spelling(.byteSwap(.swap, .bits16, .r1), "r1 = bswap16 r1", "swap16 r1", "bswap16 r1"),
        Spelling(.byteSwap(.swap, .bits32, .r1), "r1 = bswap32 r1", "swap32 r1", "bswap32 r1"),
        Spelling(.byteSwap(.swap, .bits64, .r1), "r1 = bswap64 r1", "swap64 r1", "bswap64 r1"),
    ]

    static let memory: [Spelling] = [
        Spelling(.load(.byte, .r0, .r1, 4), "r0 = *(u8 *)(r1 + 4)", "ldxb r0, [r1+4]", "w0 = *(u8 *)(r1 + 4)"),
        Spelling(.load(.half, .r0, .r1, -4), "r0 = *(u16 *)(r1 - 4)", "ldxh r0, [r1-4]", "r0=*(u16*)(r1 +-4)"),
        Spelling(.load(.word, .r0, .r1, 0), "r0 = *(u32 *)(r1 + 0)", "ldxw r0, [r1]", "w0 = *(u32 *)(r1)"),
        Spelling(
            .load(.double, .r0, .r10, -32768), "r0 = *(u64 *)(r10 - 32768)", "ldxdw r0, [r10-0x8000]",
            "r0 = *(u64 *)(r10 + -32768)"),
        Spelling(
            .load(.byte, signExtended: true, .r0, base: .r1, offset: 4), "r0 = *(s8 *)(r1 + 4)", "ldxsb r0, [r1+4]"),
        Spelling(
            .load(.half, signExtended: true, .r0, base: .r1, offset: 4), "r0 = *(s16 *)(r1 + 4)", "ldxsh r0, [r1+4]"),
        Spelling(
            .load(.word, signExtended: true, .r0, base: .r1, offset: 4), "r0 = *(s32 *)(r1 + 4)", "ldxsw r0, [r1+4]"),
        Spelling(.store(.byte, .r10, -1, 7), "*(u8 *)(r10 - 1) = 7", "stb [r10-1], 7", "stb [%r10-0x1],0x7"),
        Spelling(.store(.half, .r10, -2, 7), "*(u16 *)(r10 - 2) = 7", "sth [r10-2], 7"),
        Spelling(.store(.word, .r10, -4, -7), "*(u32 *)(r10 - 4) = -7", "stw [r10-4], -7"),
        Spelling(.store(.double, .r10, -8, -7), "*(u64 *)(r10 - 8) = -7", "stdw [r10-8], -7"),
        Spelling(
            .store(.byte, .r10, -1, .register(.r2)), "*(u8 *)(r10 - 1) = r2", "stxb [r10-1], r2",
            "*(u8 *)(r10 - 1) = w2"),
        Spelling(.store(.half, .r10, -2, .register(.r2)), "*(u16 *)(r10 - 2) = r2", "stxh [r10-2], r2"),
        Spelling(.store(.word, .r1, 32767, .register(.r2)), "*(u32 *)(r1 + 32767) = r2", "stxw [r1+0x7fff], r2"),
        Spelling(.store(.double, .r10, -8, .register(.r2)), "*(u64 *)(r10 - 8) = r2", "stxdw [r10-8], r2"),
        Spelling(.loadPacket(at: 23, .byte), "r0 = *(u8 *)skb[23]", "ldabsb 23"),
        Spelling(.loadPacket(at: 12, .half), "r0 = *(u16 *)skb[12]", "ldabsh 0xc"),
        Spelling(.loadPacket(at: -4096, .word), "r0 = *(u32 *)skb[-4096]", "ldabsw -4096"),
        Spelling(.loadPacket(.byte, .indirect(.r7, 14)), "r0 = *(u8 *)skb[r7 + 14]", "ldindb r7, 14"),
        Spelling(.loadPacket(.half, .indirect(.r7, 0)), "r0 = *(u16 *)skb[r7]", "ldindh r7, 0"),
        Spelling(.loadPacket(.word, .indirect(.r7, -4)), "r0 = *(u32 *)skb[r7 - 4]", "ldindw r7, -4"),
    ]
}
