/// What makes a table's hash its own, so that nobody can choose keys that collide.
struct HashSeeds {
    var first: UInt64
    var second: UInt64

    /// Mixes two words: one wide multiplication, folded.
    @inline(__always)
    func fold(_ a: UInt64, _ b: UInt64) -> UInt64 {
        let product = (a ^ first).multipliedFullWidth(by: b ^ second)
        return product.high ^ product.low
    }

    /// The seeds that follow from a number, or unguessable ones.
    init(_ seed: UInt64?) {
        var state = seed ?? UInt64.random(in: .min ... .max)
        func next() -> UInt64 {
            state &+= 0x9e37_79b9_7f4a_7c15
            var word = state
            word = (word ^ (word &>> 30)) &* 0xbf58_476d_1ce4_e5b9
            word = (word ^ (word &>> 27)) &* 0x94d0_49bb_1331_11eb
            return word ^ (word &>> 31)
        }
        first = next()
        second = next() | 1
    }
}
