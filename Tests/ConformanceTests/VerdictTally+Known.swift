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

    static let unprivileged = VerdictTally.Known()

    static let opcodes = VerdictTally.Known(
        stricter: [
            "0x95 off=1": "decoding refuses what exit doesn't use",
            "0x95 off=-1": "decoding refuses what exit doesn't use",
        ])
}
