import BPFModel
import BPFVerifier
import TestKit

/// Programs with a few changes: of the kernel's own tests, of generated programs, and of earlier mutants.
struct Mutants {
    /// Slots that may be no instructions, of a program that is otherwise `spec`.
    struct Mutant {
        var slots: [RawInstruction]
        var spec: ProgramSpec
        var entry: ProgramEntry

        /// Whether it loads the address of a function, as callbacks need.
        var namesFunctions: Bool { slots.contains { $0.opcode == 0x18 && $0.source == 4 } }
    }

    private let types: [ProgramType]
    private let onMemory: Bool
    private let real: [ProgramSpec]
    private var bases: [(spec: ProgramSpec, entry: ProgramEntry)] = []

    /// Mutants of programs of some types, and of some that run on memory.
    init(_ types: [ProgramType], onMemory: Bool = false) throws {
        self.types = types
        self.onMemory = onMemory
        real = try RealProgram.all(types)
    }

    /// Another mutant.
    mutating func next(_ random: inout SeededRandom) -> Mutant {
        let (spec, entry) = base(&random)
        var slots = spec.code.slots
        for _ in 0..<Int.random(in: 1...3, using: &random) { random.mutate(&slots) }
        return Mutant(slots: slots, spec: spec, entry: entry)
    }

    private func base(_ random: inout SeededRandom) -> (spec: ProgramSpec, entry: ProgramEntry) {
        if !real.isEmpty, random.oneIn(3) { return (random.pick(real), .context) }
        if !bases.isEmpty, !random.oneIn(8) { return random.pick(bases) }
        if onMemory { return BlockGenerator.program(&random) }
        return (BlockGenerator.program(&random, random.pick(types), .context, callbacks: false), .context)
    }

    /// Makes a mutant that was accepted one that others are made from.
    mutating func keep(_ mutant: Mutant, _ random: inout SeededRandom) {
        guard let code = try? InstructionSequence(decoding: mutant.slots) else { return }
        var spec = mutant.spec
        spec.code = code
        if bases.count < 200 {
            bases.append((spec, mutant.entry))
        } else {
            bases[Int.random(in: 0..<200, using: &random)] = (spec, mutant.entry)
        }
    }
}
