import ClassicBPF
import PacketBuffers
import PacketCapture

/// A filter made ready for the packets of one link type: compiled, checked, and given to the engine that runs it.
public struct LinkFilter: Sendable {
    private enum Engine: Sendable {
        case none
        case evaluator(ClassicEvaluator)
    }

    private let engine: Engine

    /// Compiles a filter for packets of one kind.
    ///
    /// - Throws: ``SelectionError`` where an expression is refused.
    init(_ filter: PacketFilter, for kind: PacketKind) throws(SelectionError) {
        switch filter.rule {
        case .everything: engine = .none
        case .expression(let expression, let netmask, let optimizes):
            let program: ClassicProgram
            do {
                let compiler = FilterCompiler(
                    linkType: kind.linkType, origin: .file(kind.byteOrder), netmask: netmask,
                    optimizes: optimizes)
                program = try compiler.compile(expression)
            } catch {
                throw SelectionError(linkType: kind.linkType, cause: error)
            }
            engine = .evaluator(ClassicEvaluator(program, dialect: .libpcap))
        case .program: engine = .none
        }
    }

    /// Decides on the packets of a batch, all of this link type: how many bytes to keep of each, 0 for none.
    func decide(on batch: borrowing PacketBatch, into verdicts: inout [UInt32]) {
        switch engine {
        case .none: verdicts = [UInt32](repeating: .max, count: batch.records.count)
        case .evaluator(let evaluator): Self.decide(on: batch, by: evaluator, into: &verdicts)
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
            verdicts.append(verdict == nil || verdict == 0 ? 0 : .max)
        }
    }
}

extension LinkFilter: CustomStringConvertible {
    /// What runs the filter.
    public var description: String {
        switch engine {
        case .none: "keeps every packet"
        case .evaluator(let evaluator):
            "\(evaluator.program.instructions.count) classic instructions, run by the classic evaluator"
        }
    }
}
