extension Mistake {
    static let all = words + registers + numbers + statements + jumps + declarations + names

    static let words: [Mistake] = [
        Mistake("movv r0, 1", "1:1: unknown mnemonic 'movv', did you mean 'mov'?"),
        Mistake("jequal r0, 1, +1", "1:1: unknown mnemonic 'jequal'"),
        Mistake(
            "r0 = 1; return", "1:9: unknown mnemonic 'return'; ';' separates instructions, comments start with '#'"),
        Mistake("exti", "1:1: unknown mnemonic 'exti', did you mean 'exit'?"),
        Mistake("lock ad [r1], r2", "1:6: unknown atomic operation 'ad', did you mean 'add'?"),
        Mistake("lock 5", "1:6: expected '*', found '5'"),
        Mistake(".tpye xdp", "1:1: unknown directive '.tpye', did you mean '.type'?"),
        Mistake("5", "1:1: expected an instruction, a label or a directive, found '5'"),
        Mistake("foo = 5", "1:1: expected a register, found 'foo'"),
        Mistake("callx r3", "1:1: unknown mnemonic 'callx', did you mean 'call'?"),
        Mistake("exit é", "1:6: unexpected character 'é'"),
        Mistake("/* é */ exit ?", "1:14: unexpected character '?'"),
        Mistake("exit /* never\nclosed", "1:6: comment is not closed, expected '*/'"),
        Mistake(".name \"open\nexit", "1:7: quoted text is not closed on its line, expected '\"'"),
    ]

    static let registers: [Mistake] = [
        Mistake("r11 = 1", "1:1: register r11 does not exist, the last is r10"),
        Mistake("w0 = w12", "1:6: register w12 does not exist, the last is w10"),
        Mistake("mov %r99, 1", "1:6: register r99 does not exist, the last is r10"),
        Mistake("neg 5", "1:5: expected a register, found '5'"),
        Mistake("r1 += w2", "1:7: register w2 does not fit here, the first operand has 64 bits: write r2"),
        Mistake("w1 = r2", "1:6: register r2 does not fit here, the first operand has 32 bits: write w2"),
        Mistake("if w1 == r2 goto +1", "1:10: register r2 does not fit here, the first operand has 32 bits: write w2"),
        Mistake("mov32 w1, 5", "1:7: register w1 does not fit here, 64 bits are used: write r1"),
        Mistake("r0 = *(u8 *)(w1 + 0)", "1:14: register w1 does not fit here, 64 bits are used: write r1"),
        Mistake("*(u64 *)(r1 + 0) = w2", "1:20: register w2 does not fit here, 64 bits are used: write r2"),
        Mistake("w0 = *(u64 *)(r1 + 0)", "1:1: register w0 does not fit here, 64 bits are loaded: write r0"),
        Mistake(
            "w0 = *(s8 *)(r1 + 0)", "1:1: register w0 does not fit here, the sign is extended to 64 bits: write r0"),
        Mistake("r1 = *(u8 *)skb[0]", "1:1: register r1 does not fit here, packet loads always fill r0: write r0"),
        Mistake("w1 = 5 ll", "1:1: register w1 does not fit here, a 64-bit immediate fills 64 bits: write r1"),
        Mistake("w1 = map[fd:1]", "1:1: register w1 does not fit here, a 64-bit immediate fills 64 bits: write r1"),
        Mistake("w1 = be16 w1", "1:1: register w1 does not fit here, all 64 bits are written: write r1"),
        Mistake("r1 = be16 r2", "1:11: be16 works in place: expected r1, found 'r2'"),
        Mistake("r1 = -r2", "1:7: negation works in place: expected r1, found 'r2'"),
        Mistake("r1 = xchg_64(r3 + 0, r2)", "1:22: xchg_64 works in place: expected r1, found 'r2'"),
        Mistake("r1 = cmpxchg_64(r3 + 0, r0, r2)", "1:1: cmpxchg_64 works in place: expected r0, found 'r1'"),
        Mistake("w0 = cmpxchg32_32(r3 + 0, w1, w2)", "1:27: cmpxchg32_32 works in place: expected w0, found 'w1'"),
        Mistake("w1 = xchg_64(r3 + 0, r1)", "1:1: register w1 does not fit here, 64 bits are used: write r1"),
        Mistake(
            "w1 = load_acquire((u64 *)(r2 + 0))", "1:1: register w1 does not fit here, 64 bits are loaded: write r1"),
    ]

    static let numbers: [Mistake] = [
        Mistake("r0 = 12x", "1:6: '12x' is no number, expected decimal digits or 0x and hexadecimal digits"),
        Mistake("r0 = 0x", "1:6: '0x' is no number, expected decimal digits or 0x and hexadecimal digits"),
        Mistake("r0 = 18446744073709551616 ll", "1:6: number 18446744073709551616 has more than 64 bits"),
        Mistake(
            "r0 = -9223372036854775809 ll",
            "1:6: 64-bit immediate -9223372036854775809 is out of range, "
                + "the limits are -9223372036854775808 and 18446744073709551615"),
        Mistake(
            "r0 = 4294967296",
            "1:6: immediate 4294967296 does not fit 32 bits, the limits are -2147483648 and 4294967295: "
                + "load it into a register with 'r1 = 4294967296 ll'"),
        Mistake(
            "add r0, -2147483649",
            "1:9: immediate -2147483649 does not fit 32 bits, the limits are -2147483648 and 4294967295: "
                + "load it into a register with 'r1 = -2147483649 ll'"),
        Mistake("ldxw r0, [r1+0x8000]", "1:14: offset 32768 is out of range, the limits are -32768 and 32767"),
        Mistake("r0 = *(u8 *)(r1 - 32769)", "1:19: offset -32769 is out of range, the limits are -32768 and 32767"),
        Mistake("ld_pseudo r1, 7, 0", "1:15: kind of 64-bit immediate 7 is out of range, the limits are 0 and 6"),
        Mistake(
            "r1 = map[fd:2147483648]",
            "1:13: number 2147483648 is out of range, the limits are -2147483648 and 2147483647"),
    ]

    static let statements: [Mistake] = [
        Mistake("r0", "1:3: expected an assignment operator such as '=' or '+=', found the end of the text"),
        Mistake("r0 =\nexit", "1:5: expected a value, found the end of the statement"),
        Mistake("r0 = 5 6", "1:8: expected the end of the statement, found '6'"),
        Mistake("r0 += ", "1:7: expected a number, found the end of the text"),
        Mistake("r0 = sizeof", "1:6: expected a value, found 'sizeof', which no .equ before it defines"),
        Mistake("r0 = (u8)r1", "1:7: expected s8, s16 or s32, found 'u8'"),
        Mistake("w0 = (s32)w1", "1:7: a 32-bit sign extension cannot work on s32, expected s8 or s16"),
        Mistake("r0 = *(u31 *)(r1)", "1:8: expected a type: u8, u16, u32, u64, s8, s16 or s32, found 'u31'"),
        Mistake("r0 = *(u32)(r1)", "1:11: expected '*', found ')'"),
        Mistake("r0 = *(u32 *)[r1]", "1:14: expected '(', found '['"),
        Mistake("*(s8 *)(r1 + 0) = 1", "1:3: a store cannot work on s8, expected u8, u16, u32 or u64"),
        Mistake("r0 = *(u64 *)skb[0]", "1:8: a packet load cannot work on u64, expected u8, u16 or u32"),
        Mistake("lock *(u8 *)(r1 + 0) += w2", "1:8: an atomic operation cannot work on u8, expected u32 or u64"),
        Mistake("lock *(u64 *)(r1 + 0) -= r2", "1:23: expected '+=', '|=', '&=' or '^=', found '-='"),
        Mistake("r1 = atomic_fetch_add(r2 + 0, r1)", "1:23: expected a type such as '(u64 *)', found 'r2'"),
        Mistake(
            "r1 = atomic64_fetch_add((u32 *)(r2 + 0), r1)", "1:26: atomic64_fetch_add cannot work on u32, expected u64"),
        Mistake("stw [r1], r2", "1:11: stw stores a number, found 'r2': stxw stores a register"),
        Mistake("add r0", "1:7: expected ',', found the end of the text"),
        Mistake("r1 = map[id:5]", "1:10: expected 'fd' or 'idx', found 'id'"),
        Mistake("r1 = map[fd:5][1]", "1:16: expected '0', the only element whose value can be addressed, found '1'"),
        Mistake("r1 = var[id:1]", "1:14: expected ',', found ']'"),
        Mistake("r1 = subprog", "1:13: expected the label of a function, found the end of the text"),
    ]

    static let jumps: [Mistake] = [
        Mistake("if r1 = 5 goto +1", "1:7: expected a comparison such as '==' or 's>', found '='"),
        Mistake("if r1 == 5 +1", "1:12: expected 'goto', found '+'"),
        Mistake("goto 3", "1:6: jump offset 3 needs its sign, such as +3, or a label"),
        Mistake("goto pc", "1:8: expected '+' or '-', found the end of the text"),
        Mistake("goto", "1:5: expected a label or an offset such as +3, found the end of the text"),
        Mistake("goto +32768", "1:6: jump offset 32768 is out of range, the limits are -32768 and 32767: use gotol"),
        Mistake(
            "jeq r0, 0, -32769",
            "1:12: jump offset -32769 is out of range, the limits are -32768 and 32767: "
                + "jump over a gotol on the opposite condition"),
        Mistake(
            "gotol +2147483648",
            "1:7: jump offset 2147483648 is out of range, the limits are -2147483648 and 2147483647"),
        Mistake("call", "1:5: expected a helper, a label or an offset such as pc+3, found the end of the text"),
        Mistake("call kfunc 3", "1:12: expected '#' and a number, found '3'"),
        Mistake("call bpf_ktime_get_ns#6", "1:6: helper 'bpf_ktime_get_ns' has number 5, not 6"),
    ]

    static let declarations: [Mistake] = [
        Mistake(".type xpd", "1:7: unknown program type 'xpd', did you mean 'xdp'?"),
        Mistake(
            ".type lsm",
            "1:7: unknown program type 'lsm', expected one of socket_filter, kprobe, sched_cls, tracepoint, xdp"
                + ", raw_tracepoint, seccomp"),
        Mistake(
            ".type",
            "1:6: expected a program type: socket_filter, kprobe, sched_cls, tracepoint, xdp"
                + ", raw_tracepoint, seccomp, found the end of the text"),
        Mistake(".type xdp\n.type xdp", "2:1: .type is already given, a program has one"),
        Mistake(".name a\n.name b", "2:1: .name is already given, a program has one"),
        Mistake(".license 5", "1:10: expected a licence such as \"GPL\", found '5'"),
        Mistake(".map m hsh key 4", "1:8: unknown map type 'hsh', did you mean 'hash'?"),
        Mistake(".map m hash key 4 value 8", "1:6: map 'm' needs 'entries' and a number"),
        Mistake(".map m hash kye 4", "1:13: unknown map attribute 'kye', did you mean 'key'?"),
        Mistake(".map m hash key 4 key 4", "1:19: map attribute 'key' is already given"),
        Mistake(".map m hash key -1", "1:17: key -1 is out of range, the limits are 0 and 4294967295"),
        Mistake(
            ".map m hash key 4 value 4 entries 1\n.map m hash key 4 value 4 entries 1",
            "2:6: map 'm' is already defined in line 1"),
        Mistake(
            ".map a hash key 4 value 4 entries 1 number 2\n.map b hash key 4 value 4 entries 1 number 2",
            "2:6: map 'b' has number 2, which map 'a' has already"),
        Mistake(".equ A", "1:7: expected ',', found the end of the text"),
        Mistake(".equ A, 1\n.equ A, 2", "2:6: constant 'A' is already defined"),
        Mistake(".equ r1, 2", "1:6: 'r1' has a meaning of its own and cannot name a constant"),
    ]

    static let names: [Mistake] = [
        Mistake("loop: exit\ngoto lopp", "2:6: unknown label 'lopp', did you mean 'loop'?"),
        Mistake("a: exit\na: exit", "2:1: label 'a' is already defined in line 1"),
        Mistake("r1: exit", "1:1: 'r1' has a meaning of its own and cannot name a label"),
        Mistake("bpf_ktime_get_ns: exit", "1:1: 'bpf_ktime_get_ns' is a helper's name and cannot name a label"),
        Mistake(
            "call bpf_map_lookup_elm",
            "1:6: unknown helper or label 'bpf_map_lookup_elm', did you mean 'bpf_map_lookup_elem'?"),
        Mistake("call local f", "1:12: unknown label 'f'"),
        Mistake("r1 = map flows", "1:10: unknown map 'flows': declare it with .map"),
        Mistake(
            ".map flows hash key 4 value 4 entries 1\nr1 = map flow",
            "2:10: unknown map 'flow', did you mean 'flows'?"),
        Mistake(
            ".equ SIZE, 4\nr1 = SIEZ",
            "2:6: expected a value, found 'SIEZ', which no .equ before it defines, did you mean 'SIZE'?"),
    ]
}
