public import BPFExecution
import BPFModel
import BPFVerifier
public import ClassicBPF
import PacketBuffers
import PacketCapture

/// A filter made ready for the packets of one link type: compiled, verified, and given to the engine that runs it.
public struct LinkFilter: Sendable {
    private enum Form: Sendable {
        case everything
        case executable(Executable)
        case classic(ClassicEvaluator)
    }

    /// The classic program that libpcap made of the expression; nil where there is none.
    public let classic: ClassicProgram?
    /// Why the classic evaluator runs the program, where it was not asked for.
    public let reason: String?
    private let form: Form

    /// Compiles a filter for packets of one kind.
    ///
    /// - Throws: ``SelectionError`` where an expression is refused.
    init(_ filter: PacketFilter, for kind: PacketKind) throws(SelectionError) {
        switch filter.rule {
        case .everything: self.init(.everything)
        case .program(let executable): self.init(.executable(executable))
        case .expression(let expression, let netmask, let optimizes, let engine):
            // A match is to be kept whole, however long the packet is.
            let compiler = FilterCompiler(
                linkType: kind.linkType, origin: .file(kind.byteOrder), snapLength: Int(Int32.max), netmask: netmask,
                optimizes: optimizes)
            do throws(FilterError) {
                self.init(try compiler.compile(expression), preferring: engine)
            } catch {
                throw SelectionError(linkType: kind.linkType, cause: error)
            }
        }
    }

    private init(_ form: Form, classic: ClassicProgram? = nil, reason: String? = nil) {
        self.form = form
        self.classic = classic
        self.reason = reason
    }

    /// Translates and verifies a classic program; the classic evaluator takes what that can't be done with.
    private init(_ program: ClassicProgram, preferring engine: FilterEngine) {
        let reason: String
        do {
            switch engine {
            case .interpreter: self.init(.executable(try program.executable(.interpreter)), classic: program)
            case .reference: self.init(.executable(try program.executable(.reference)), classic: program)
            case .classic: self.init(.classic(ClassicEvaluator(program, dialect: .libpcap)), classic: program)
            }
            return
        } catch {
            reason = "\(error)"
        }
        self.init(.classic(ClassicEvaluator(program, dialect: .libpcap)), classic: program, reason: reason)
    }

    /// What runs the filter; nil where every packet is kept without a look.
    public var engine: FilterEngine? {
        switch form {
        case .everything: nil
        case .classic: .classic
        case .executable(let executable): executable.engine == .interpreter ? .interpreter : .reference
        }
    }

    /// The type of the program where it gives actions, not numbers of bytes.
    var actions: ProgramType? {
        guard let type = executable?.spec.type, type != .socketFilter else { return nil }
        return type
    }

    /// The program as it is run; nil where it is a classic one, or none.
    public var executable: Executable? {
        if case .executable(let executable) = form { executable } else { nil }
    }
}

extension LinkFilter {
    /// Decides on the packets of a batch, all of this kind: how many bytes to keep of each, 0 for none.
    func decide(on batch: inout PacketBatch, into verdicts: inout [UInt32], worker: Worker) {
        switch form {
        case .everything: verdicts = [UInt32](repeating: .max, count: batch.records.count)
        case .executable(let executable) where actions != nil:
            // What the program makes of a packet is not what was captured.
            var copy = batch
            executable.run(batch: &copy, results: &verdicts, worker: worker)
        case .executable(let executable): executable.run(batch: &batch, results: &verdicts, worker: worker)
        case .classic(let evaluator): Self.decide(on: batch, by: evaluator, into: &verdicts)
        }
    }

    /// Decides packet by packet; a program that doesn't end within its limit keeps nothing.
    private static func decide(
        on batch: borrowing PacketBatch, by evaluator: ClassicEvaluator, into verdicts: inout [UInt32]
    ) {
        verdicts.removeAll(keepingCapacity: true)
        let bytes = batch.storage.span
        var metadata = ClassicMetadata()
        for record in batch.records {
            metadata.wireLength = record.originalLength
            let verdict = try? evaluator.run(on: bytes.extracting(record.dataRange), metadata: metadata)
            verdicts.append(verdict ?? 0)
        }
    }
}

extension ClassicProgram {
    /// The program as verified eBPF, which decides by libpcap's rules.
    fileprivate func executable(_ engine: Engine) throws -> Executable {
        try Executable.load(try translated(.libpcap).spec, engine: engine)
    }
}

extension LinkFilter: CustomStringConvertible {
    /// How long the program is and what runs it.
    public var description: String {
        var parts: [String] = []
        if let classic { parts.append("\(classic.instructions.count) classic instructions") }
        switch form {
        case .everything: return "every packet is kept"
        case .executable(let executable):
            parts.append("\(executable.spec.code.count) eBPF instructions")
            parts.append("run by the \(executable.engine.rawValue)")
        case .classic: parts.append("run by the classic evaluator")
        }
        return parts.joined(separator: ", ") + (reason.map { ": \($0)" } ?? "")
    }
}
