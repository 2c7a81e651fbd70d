public import BPFModel

/// Proves that a program is safe to run: it reads and writes nothing it shouldn't, and it ends.
///
/// Every path is followed over abstract states, as Linux does. What isn't proved is refused.
public struct Verifier: Sendable {
    /// What a verifier demands beyond safety, and how far it goes.
    public struct Options: Hashable, Sendable {
        /// Whether every access must be aligned to its size, not only those to the stack and atomic ones.
        public var strictAlignment = false
        /// Whether the program may call its own functions, jump back, and call helpers that touch the whole system, as
        /// privileged loaders' programs may.
        public var isPrivileged = true
        /// Whether the program may give addresses away, as privileged loaders' programs may.
        public var mayLeakPointers = true
        /// Whether the program may read stack it hasn't written, as privileged loaders' programs may.
        public var mayReadUninitializedStack = true
        /// The helpers that programs may call.
        public var helpers = HelperTable()
        /// The most slots a program may have.
        public var slotLimit = ProgramLimits.slots
        /// The most instructions gone over, counting repetitions.
        public var instructionLimit = ProgramLimits.slots

        /// How often states are kept for later ones to be compared with; verdicts don't depend on it, only the work.
        package var pruning = Pruning.sparse

        /// Whether the proof keeps what it claims of registers, in ``VerifiedProgram/claims``.
        ///
        /// Then numbers the proof doesn't rely on count as well when states are compared: claims hold for all.
        package var recordsClaims = false

        /// How often states are kept.
        package enum Pruning: Sendable {
            /// Never: every path is followed to its end.
            case none
            /// After two jumps and eight instructions.
            case sparse
            /// Wherever paths meet.
            case always
        }

        /// The options for privileged loaders.
        public init() {}

        /// The options for unprivileged loaders.
        public static let unprivileged = {
            var options = Options()
            options.isPrivileged = false
            options.mayLeakPointers = false
            options.mayReadUninitializedStack = false
            options.slotLimit = ProgramLimits.unprivilegedSlots
            return options
        }()
    }

    /// What this verifier demands.
    public let options: Options

    /// Makes a verifier.
    public init(_ options: Options = Options()) { self.options = options }

    /// Proves that a program can't harm, and ends.
    ///
    /// - Throws: ``VerifierRejection`` naming the first thing that couldn't be proved.
    public func verify(
        _ spec: ProgramSpec, entry: ProgramEntry = .context
    ) throws(VerifierRejection) -> VerifiedProgram {
        let attempt = Attempt(program: spec, entry: entry, options: options)
        do throws(Failure) { try checkSize(spec) } catch { throw VerifierRejection(error, attempt) }
        let flow: ControlFlow
        do throws(Failure.Located) {
            try checkInstructions(spec.code)
            flow = try ControlFlow(spec.code)
            if !options.isPrivileged { try flow.requireNoCallsAndLoops(spec.code) }
        } catch {
            throw VerifierRejection(error, attempt)
        }
        var explorer = Explorer(spec, entry: entry, flow, options: options)
        do throws(Failure.Located) { try explorer.run() } catch {
            throw VerifierRejection(error, explorer, attempt)
        }
        let graph: CallGraph
        do throws(Failure.Located) {
            try checkUnreached(spec, flow, explorer.record.reachable)
            graph = try CallGraph(
                spec.code, flow, stackBytes: explorer.record.stackBytes, callbacks: explorer.record.callbacks)
        } catch {
            throw VerifierRejection(error, attempt)
        }
        return VerifiedProgram(
            spec: spec, entry: entry,
            facts: ProgramFacts(
                explorer.record, flow, graph, count: spec.code.count,
                readsUnwrittenStack: explorer.readsUnwrittenStack),
            statistics: explorer.statistics, claims: explorer.claims, helpers: options.helpers)
    }

    private func checkSize(_ spec: ProgramSpec) throws(Failure) {
        guard !spec.code.isEmpty else { throw .emptyProgram }
        let slots = spec.code.slotCount
        guard slots <= options.slotLimit else { throw .tooLong(slots, limit: options.slotLimit) }
    }

    /// Instructions put together by hand may be none that engines know.
    private func checkInstructions(_ code: InstructionSequence) throws(Failure.Located) {
        for (index, instruction) in code.enumerated() where !instruction.isEncodable {
            throw Failure.notEncodable.at(index)
        }
    }

    /// Some rules hold even where no path leads, as in Linux: what instructions name must be there, and functions load
    /// no packets.
    private func checkUnreached(
        _ spec: ProgramSpec, _ flow: ControlFlow, _ reachable: [Bool]
    ) throws(Failure.Located) {
        let checker = Checker(spec, options: options)
        for (index, instruction) in spec.code.enumerated() where !reachable[index] {
            switch instruction {
            case .loadWide(_, let immediate):
                do throws(Failure) { try checker.checkWideImmediate(immediate) } catch { throw error.at(index) }
            case .loadPacket:
                guard flow.function(of: index) == 0 else { throw Failure.packetLoadInFunction.at(index) }
            case .alu, .negate, .moveSignExtended, .byteSwap, .load, .store, .atomic, .loadAcquire, .storeRelease,
                .jump, .longJump, .branch, .call, .exit:
                break
            }
        }
    }
}

extension ProgramFacts {
    fileprivate init(
        _ record: Record, _ flow: ControlFlow, _ graph: CallGraph, count: Int, readsUnwrittenStack: Bool
    ) {
        self.init(
            reachable: record.reachable, accesses: record.accesses, outcomes: record.outcomes,
            calls: record.calls.values, windows: record.windows.values, loadedNumbers: record.loadedNumbers.values,
            functions: flow.functionStarts.indices.map { function in
                Function(
                    instructions: flow.instructions(of: function, count: count),
                    stackBytes: record.stackBytes[function])
            },
            stackBytes: graph.stackBytes, mayReadUnwrittenStack: readsUnwrittenStack)
    }
}
