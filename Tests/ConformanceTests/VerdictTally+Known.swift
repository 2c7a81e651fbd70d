// Where Linux is known to say something else, and why.
extension VerdictTally.Known {
    static let privileged = VerdictTally.Known(
        stricter: [
            "ctx_skb#75": "the field hwtstamp is not modelled"
        ])

    static let withoutLeaks = VerdictTally.Known(
        stricter: privileged.stricter,
        laxer: [
            "value_ptr_arith#0": "guarded against a processor that guesses ahead",
            "value_ptr_arith#1": "guarded against a processor that guesses ahead",
            "value_ptr_arith#10": "guarded against a processor that guesses ahead",
            "value_ptr_arith#11": "guarded against a processor that guesses ahead",
            "atomic_bounds#0": "a loop that no path takes twice",
            "calls#26": "a loop that no path takes twice",
            "loops1#12": "a loop that no path takes twice",
            "loops1#13": "Linux loses track of the loop's end",
        ])

    /// What the authors expect of releases 6.1 and 6.12.
    static let unprivileged = {
        let guessed = [
            "and#2", "bounds#19", "bounds#20", "bounds#22", "bounds#27", "jmp32#12", "jmp32#15", "jmp32#18",
            "jmp32#21", "jmp32#27", "jmp32#3", "jmp32#30", "jmp32#33", "jmp32#38", "jmp32#39", "jmp32#40",
            "jmp32#41", "jmp32#43", "jmp32#44", "jmp32#45", "jmp32#9", "jset#2", "jset#6", "jset#7", "unpriv#24",
        ]
        let mixed = [
            "value_ptr_arith#0", "value_ptr_arith#1", "value_ptr_arith#10", "value_ptr_arith#11",
            "value_ptr_arith#5", "value_ptr_arith#6",
        ]
        var laxer: [String: String] = [
            "unpriv#27": "6.18 lets a map's address be compared with 0"
        ]
        for id in guessed { laxer[id] = "the fault is where only a processor that guesses ahead may come" }
        for id in mixed { laxer[id] = "guarded against a processor that guesses ahead" }
        for id in ["runtime_jit#8", "runtime_jit#9"] {
            laxer[id] = "one map for each tail call, against a processor that guesses ahead"
        }
        return VerdictTally.Known(laxer: laxer)
    }()

    static let opcodes = VerdictTally.Known(
        stricter: [
            "0x95 off=1": "decoding refuses what exit doesn't use",
            "0x95 off=-1": "decoding refuses what exit doesn't use",
        ])
}
