import BPFModel
import BPFText
import BPFVerifier
import LinuxBPF
import TestKit

/// Our verdicts beside those of the running kernel, and where they differ.
struct Comparison: CustomStringConvertible {
    /// Verdicts on programs of one type.
    struct Count {
        var accepted = 0
        var refused = 0
        var stricter = 0
        var laxer = 0
    }

    /// What two verdicts differ by: programs of equal differences are of one kind.
    struct Difference: Hashable {
        enum Side: String { case laxer, stricter }
        let side: Side
        /// Whether we found that no path leads to the instruction that the kernel refuses.
        let isDead: Bool
        /// The kernel's reason, or ours where only we refuse, with numbers left out.
        let reason: String
    }

    /// Why a program was refused, and where.
    struct Refusal: Error {
        var reason: String
        var slot: Int?
        var isTooLarge: Bool { reason.hasPrefix("BPF program is too large") }
    }

    /// The programs of one difference.
    struct Group {
        var count = 0
        var types: Set<ProgramType> = []
        /// The first programs, reduced, with the reason in full.
        var examples: [(program: String, reason: String)] = []
    }

    static let examples = 2
    private(set) var counts: [ProgramType: Count] = [:]
    private(set) var groups: [Difference: Group] = [:]
    private let options: Verifier.Options
    private let withoutRights: KernelRights
    private var trial: Trial
    private let maps: [ProgramType: [Int32: KernelMap]]

    /// - Parameters:
    ///   - options: what our verifier demands.
    ///   - rights: what the kernel's loader lacks.
    init(_ options: Verifier.Options = Verifier.Options(), without rights: KernelRights = []) throws {
        self.options = options
        withoutRights = rights
        trial = try Trial()
        maps = try KernelObjects.maps()
    }

    /// The kinds of programs that only we accept, and that nobody has explained yet.
    var unexplained: [String] {
        groups.keys.filter {
            $0.side == .laxer && !$0.isDead
                && KnownDifference.because(of: $0.reason, speculates: !withoutRights.isEmpty) == nil
        }
        .map(\.reason).sorted()
    }

    /// How many programs were compared.
    var programs: Int { counts.values.reduce(0) { $0 + $1.accepted + $1.refused + $1.stricter + $1.laxer } }
    /// How many both accept.
    var accepted: Int { counts.values.reduce(0) { $0 + $1.accepted } }

    /// Compares the verdicts on a program; returns whether we accept it.
    @discardableResult
    mutating func compare(
        _ slots: [RawInstruction], _ spec: ProgramSpec, _ random: inout SeededRandom
    ) throws -> Bool {
        let ours = verdict(slots, spec)
        let theirs = refusal(slots, spec)
        switch (ours, theirs) {
        case (.success, nil): counts[spec.type, default: Count()].accepted += 1
        case (.failure, .some): counts[spec.type, default: Count()].refused += 1
        case (.failure, nil): counts[spec.type, default: Count()].stricter += 1
        case (.success, .some): counts[spec.type, default: Count()].laxer += 1
        }
        if let difference = difference(slots, spec, ours, theirs) { note(difference.kind, slots, spec) }
        guard case .success(let program) = ours else { return false }
        if theirs != nil {
            // Where we alone trust a program, it had better deserve it.
            for _ in 0..<4 { try trial.check(program.spec, .context, &random, runs: 16) }
        }
        return true
    }

    /// Our verdict on a program.
    private func verdict(_ slots: [RawInstruction], _ spec: ProgramSpec) -> Result<VerifiedProgram, Refusal> {
        var spec = spec
        do throws(DecodeError) { spec.code = try InstructionSequence(decoding: slots) } catch {
            return .failure(Refusal(reason: "no instruction: \(error)"))
        }
        do throws(VerifierRejection) { return .success(try Verifier(options).verify(spec)) } catch {
            return .failure(Refusal(reason: "\(error.reason): \(error.claim)"))
        }
    }

    /// Why the kernel refuses a program; nil where it doesn't.
    private func refusal(
        _ slots: [RawInstruction], _ spec: ProgramSpec, logLevel: KernelProgram.LogLevel = .statistics
    ) -> Refusal? {
        if withoutRights.isEmpty { return load(slots, spec, logLevel) }
        return withoutRights.laidDown { load(slots, spec, logLevel) }
            ?? Refusal(reason: "the rights can't be laid down")
    }

    private func load(
        _ slots: [RawInstruction], _ spec: ProgramSpec, _ logLevel: KernelProgram.LogLevel
    ) -> Refusal? {
        do throws(KernelError) {
            _ = try KernelProgram.load(
                type: spec.type.rawValue,
                instructions: KernelProgram.instructions(of: slots, maps: maps[spec.type] ?? [:]),
                license: spec.license, logLevel: logLevel)
        } catch {
            let log = VerifierLog(text: error.log)
            return Refusal(reason: log.reason.isEmpty ? "\(error.errno)" : log.reason, slot: log.lastSlot)
        }
        return nil
    }

    /// What kind of difference two verdicts make, and its reason in full; nil where they agree.
    private func difference(
        _ slots: [RawInstruction], _ spec: ProgramSpec, _ ours: Result<VerifiedProgram, Refusal>, _ theirs: Refusal?
    ) -> (kind: Difference, reason: String)? {
        switch (ours, theirs) {
        case (.failure(let refusal), nil):
            return (Difference(side: .stricter, isDead: false, reason: refusal.reason.withoutNumbers), refusal.reason)
        case (.success(let program), .some(let refusal)):
            // The path of a proof that was given up has megabytes.
            let slot = refusal.isTooLarge ? nil : self.refusal(slots, spec, logLevel: .path)?.slot
            let index = slot.flatMap { program.spec.code.index(atSlot: $0) }
            let isDead = index.map { !program.facts.reachable[$0] } ?? false
            let kind = Difference(side: .laxer, isDead: isDead, reason: refusal.reason.withoutNumbers)
            return (kind, "slot \(slot ?? -1): " + refusal.reason)
        case (.success, nil), (.failure, .some): return nil
        }
    }

    private func difference(_ slots: [RawInstruction], _ spec: ProgramSpec) -> (kind: Difference, reason: String)? {
        difference(slots, spec, verdict(slots, spec), refusal(slots, spec))
    }

    private mutating func note(_ kind: Difference, _ slots: [RawInstruction], _ spec: ProgramSpec) {
        var group = groups[kind] ?? Group()
        group.count += 1
        group.types.insert(spec.type)
        if group.examples.count < Self.examples {
            let shortest = Reducer.reduce(slots) { difference($0, spec)?.kind == kind }
            let reason = difference(shortest, spec)?.reason ?? ""
            group.examples.append((listing(shortest, spec), reason))
        }
        groups[kind] = group
    }

    private func listing(_ slots: [RawInstruction], _ spec: ProgramSpec) -> String {
        var lines = ["    \(spec.type.name)"]
        if let code = try? InstructionSequence(decoding: slots) {
            lines += Disassembler().lines(of: code).enumerated().map { "      \($0): \($1)" }
        } else {
            lines += slots.enumerated().map { "      \($0): \($1.bytes.hex)" }
        }
        return lines.joined(separator: "\n")
    }

    var description: String {
        var lines = counts.sorted { $0.key.rawValue < $1.key.rawValue }.map { type, count in
            "\(type.name): \(count.accepted + count.refused) agree (\(count.accepted) accepted, \(count.refused) refused), "
                + "\(count.stricter) stricter, \(count.laxer) laxer"
        }
        for (kind, group) in groups.sorted(by: {
            ($0.key.side.rawValue, -$0.value.count) < ($1.key.side.rawValue, -$1.value.count)
        }) {
            let types = group.types.map(\.name).sorted().joined(separator: ", ")
            lines.append(
                "\(kind.side.rawValue), \(group.count) (\(types))\(kind.isDead ? ", where we find no path" : ""): \(kind.reason)"
            )
            for example in group.examples { lines.append("    \(example.reason)\n\(example.program)") }
        }
        return lines.joined(separator: "\n")
    }
}

extension String {
    /// The text with N for every number, so that texts about different numbers are equal.
    var withoutNumbers: String {
        replacing(/-?\b0x[0-9a-f]+\b|-?\d+/, with: "N")
    }
}
