import Testing

/// Counts agreements with Linux, and lists disagreements by direction.
final class VerdictTally {
    /// Cases on which Linux is known to say something else, each with the reason.
    struct Known {
        var stricter: [String: String] = [:]
        var laxer: [String: String] = [:]
    }

    private let title: String
    private var compared = 0
    private var stricter: [String: String] = [:]
    private var laxer: [String: String] = [:]
    private var skipped = 0

    init(_ title: String) { self.title = title }

    func skip(_ name: String) { skipped += 1 }

    func compare(_ id: String, kernel: KernelVerdict, found: String?) {
        compared += 1
        if kernel.verdict == "accept", let found { stricter[id] = found }
        if kernel.verdict == "reject", found == nil { laxer[id] = kernel.err ?? "" }
    }

    /// Prints the tally; fails below a share, and where the disagreements aren't exactly those that are known.
    func expect(atLeast share: Double = 0.98, known: Known = Known()) {
        let agreed = compared - stricter.count - laxer.count
        print("\(title), verifier: agree \(agreed) of \(compared); \(skipped) need what the model lacks")
        list(stricter, known.stricter, "stricter")
        list(laxer, known.laxer, "LAXER")
        guard compared > 0 else { return }
        #expect(Double(agreed) >= share * Double(compared))
        #expect(Set(stricter.keys) == Set(known.stricter.keys))
        #expect(Set(laxer.keys) == Set(known.laxer.keys))
    }

    private func list(_ cases: [String: String], _ known: [String: String], _ direction: String) {
        for (id, text) in cases.sorted(by: { $0.key < $1.key }) {
            print("  \(direction): \(id): \(known[id].map { "known, \($0)" } ?? text)")
        }
    }
}
