import Weir

/// The same program verified by Weir and by the kernel, in turns.
struct VerificationRace: Encodable {
    let name: String
    let slots: Int
    private(set) var weirProcessed: Int?
    private(set) var kernelProcessed: Int?
    /// The verdicts, where they differ: then nothing is timed.
    private(set) var disagreement: String?
    /// Times in microseconds.
    private(set) var weir = Samples()
    private(set) var kernel = Samples()
    private(set) var kernelLoad = Samples()

    /// Weir's least time by the kernel's; nil where there is nothing to compare.
    var ratio: Double? { weir.isEmpty || kernel.least == 0 ? nil : weir.least / kernel.least }
    /// The same of the medians.
    var medianRatio: Double? { weir.isEmpty || kernel.median == 0 ? nil : weir.median / kernel.median }

    /// - Parameter kernel: nil where there is no kernel to compare with.
    init(_ program: BenchProgram, kernel: KernelSide?, rounds: Int, budget: Double) {
        name = program.name
        slots = program.slots.count
        let weir = WeirSide(program)
        let ours = weir.verify()
        weirProcessed = ours.processed
        if let kernel {
            let theirs = kernel.verify()
            kernelProcessed = theirs.processed
            guard (ours.rejection == nil) == (theirs.rejection == nil) else {
                disagreement = "weir: \(ours.rejection ?? "accepts"); kernel: \(theirs.rejection ?? "accepts")"
                return
            }
        }
        var spent = 0.0
        for round in 0..<rounds where round == 0 || spent < budget {
            let ours = weir.verify().microseconds
            self.weir.add(ours)
            spent += ours
            guard let kernel else { continue }
            if let theirs = kernel.verify().microseconds { self.kernel.add(theirs) }
            if let load = kernel.load() {
                kernelLoad.add(load)
                spent += 2 * load
            }
        }
    }

    private enum CodingKeys: String, CodingKey {
        case name, slots, weirProcessed, kernelProcessed, disagreement, weir, kernel, kernelLoad
    }
}
