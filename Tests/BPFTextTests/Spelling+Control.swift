import BPFModel

extension Spelling {
    static let atomics: [Spelling] =
        [Width.word, .double].flatMap(atomics) + MemorySize.allCases.flatMap(orderedAccesses) + [
            Spelling(
                .atomic(.modify(.add, fetch: true), .double, base: .r1, offset: 8, source: .r2),
                "r2 = atomic_fetch_add((u64 *)(r1 + 8), r2)", "lock fetch add [r1+8], r2",
                "r2 = atomic64_fetch_add((u64 *)(r1 +8), r2)"),
            Spelling(
                .atomic(.exchange, .word, base: .r1, offset: -8, source: .r2), "w2 = xchg32_32(r1 - 8, w2)",
                "lock xchg32 [r1-8], r2", "r2 = atomic_xchg((u32 *)(r1 -8), r2)"),
            Spelling(
                .atomic(.compareExchange, .double, base: .r10, offset: -8, source: .r1),
                "r0 = cmpxchg_64(r10 - 8, r0, r1)", "lock cmpxchg [r10-0x8], r1",
                "r0 = atomic64_cmpxchg((u64 *)(r10 -8), r0, r1)"),
            Spelling(
                .atomic(.modify(.or, fetch: false), .word, base: .r1, offset: 0, source: .r2),
                "lock *(u32 *)(r1 + 0) |= w2", "lock or32 [r1], r2", "lock *(u32 *)(r1 + 0) |= r2"),
        ]

    private static func atomics(_ width: Width) -> [Spelling] {
        let (type, letter, suffix) = width == .double ? ("u64", "r", "") : ("u32", "w", "32")
        let exchange = width == .double ? "_64" : "32_32"
        func atomic(_ operation: AtomicOperation) -> Instruction {
            .atomic(operation, width, base: .r1, offset: 4, source: .r2)
        }
        let combinations: [(AtomicOperation.Combination, String, String)] = [
            (.add, "+=", "add"), (.or, "|=", "or"), (.and, "&=", "and"), (.xor, "^=", "xor"),
        ]
        return combinations.flatMap { combination, symbol, name in
            [
                Spelling(
                    atomic(.modify(combination, fetch: false)), "lock *(\(type) *)(r1 + 4) \(symbol) \(letter)2",
                    "lock \(name)\(suffix) [r1+0x4], r2"),
                Spelling(
                    atomic(.modify(combination, fetch: true)),
                    "\(letter)2 = atomic_fetch_\(name)((\(type) *)(r1 + 4), \(letter)2)",
                    "lock fetch \(name)\(suffix) [r1+0x4], r2"),
            ]
        } + [
            Spelling(
                atomic(.exchange), "\(letter)2 = xchg\(exchange)(r1 + 4, \(letter)2)", "lock xchg\(suffix) [r1+4], r2"),
            Spelling(
                atomic(.compareExchange), "\(letter)0 = cmpxchg\(exchange)(r1 + 4, \(letter)0, \(letter)2)",
                "lock cmpxchg\(suffix) [r1+4], r2"),
        ]
    }

    private static func orderedAccesses(_ size: MemorySize) -> [Spelling] {
        let letter = size == .double ? "r" : "w"
        return [
            Spelling(
                .loadAcquire(size, .r2, base: .r1, offset: 4), "\(letter)2 = load_acquire((u\(size.bits) *)(r1 + 4))",
                "r2 = load_acquire((u\(size.bits) *)(r1 + 4))"),
            Spelling(
                .storeRelease(size, base: .r1, offset: 4, source: .r2),
                "store_release((u\(size.bits) *)(r1 + 4), \(letter)2)",
                "store_release((u\(size.bits) *)(r1 + 4), r2)"),
        ]
    }

    static let wide: [Spelling] = [
        Spelling(.loadWide(.r1, .value(0x1122_3344)), "r1 = 0x11223344 ll", "lddw r1, 0x11223344"),
        Spelling(.loadWide(.r1, .value(.max)), "r1 = 0xffffffffffffffff ll", "lddw r1, -1", "r1 = -1 ll"),
        Spelling(.loadWide(.r1, .map(5)), "r1 = map[fd:5]", "lddw r1, map[fd:5]", "ld_pseudo r1, 0x1, 0x5"),
        Spelling(.loadWide(.r1, .mapValue(5, offset: 8)), "r1 = map[fd:5][0]+8", "lddw r1, map[fd:5][0]+8"),
        Spelling(.loadWide(.r1, .mapValue(5, offset: 0)), "r1 = map[fd:5][0]+0", "r1 = map[fd:5][0]"),
        Spelling(.loadWide(.r1, .variable(5, module: -2)), "r1 = var[id:5,module:-2]"),
        Spelling(.loadWide(.r1, .function(3)), "r1 = subprog[+3]", "ld_pseudo r1, 4, 3"),
        Spelling(.loadWide(.r1, .mapIndex(5)), "r1 = map[idx:5]", "ld_pseudo r1, 5, 5"),
        Spelling(.loadWide(.r1, .mapIndexValue(5, offset: -8)), "r1 = map[idx:5][0]-8"),
    ]

    static let branches: [Spelling] = comparisons.flatMap { condition, symbol, mnemonic in
        [
            Spelling(
                .jump(if: condition, .r1, 5, skip: 3), "if r1 \(symbol) 5 goto +3", "\(mnemonic) r1, 0x5, +3",
                "if r1 \(symbol) 5 goto pc+3"),
            Spelling(
                .jump(if: condition, .r1, .register(.r2), skip: -3), "if r1 \(symbol) r2 goto -3",
                "\(mnemonic) r1, r2, -3"),
            Spelling(
                .jump32(if: condition, .r1, -5, skip: 3), "if w1 \(symbol) -5 goto +3", "\(mnemonic)32 r1, -5, +0x3"),
            Spelling(
                .jump32(if: condition, .r1, .register(.r2), skip: 3), "if w1 \(symbol) w2 goto +3",
                "\(mnemonic)32 r1, r2, +3"),
        ]
    }

    private static let comparisons: [(BranchCondition, String, String)] = [
        (.equal, "==", "jeq"), (.notEqual, "!=", "jne"), (.greater, ">", "jgt"), (.greaterOrEqual, ">=", "jge"),
        (.less, "<", "jlt"), (.lessOrEqual, "<=", "jle"), (.bitsSet, "&", "jset"), (.signedGreater, "s>", "jsgt"),
        (.signedGreaterOrEqual, "s>=", "jsge"), (.signedLess, "s<", "jslt"), (.signedLessOrEqual, "s<=", "jsle"),
    ]

    static let control: [Spelling] = [
        Spelling(.jump(3), "goto +3", "ja +3", "goto pc+3", "goto +0x3 <main+0x20>"),
        Spelling(.jump(-2), "goto -2", "ja -2"),
        Spelling(.longJump(70000), "gotol +70000", "ja32 +70000", "gotol pc+70000"),
        Spelling(.call(helper: 5), "call 5", "call 0x5", "call bpf_ktime_get_ns", "call bpf_ktime_get_ns#5"),
        Spelling(.call(helper: -1), "call 4294967295", "call 0xffffffff"),
        Spelling(.call(.local(3)), "call pc+3", "call local 3", "call +3", "call local +3"),
        Spelling(.call(.local(-3)), "call pc-3", "call local -3", "call -3"),
        Spelling(.call(.platform(1234)), "call kfunc#1234"),
        Spelling(.exit, "exit"),
    ]
}
