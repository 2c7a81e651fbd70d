import BPFModel
import BPFVerifier
import TestKit

/// A program of the kernel's own verifier tests, with the generator's maps in the place of its own.
struct RealProgram: Decodable {
    private struct MapUse: Decodable {
        let index: Int
        let name: String

        init(from decoder: any Decoder) throws {
            var list = try decoder.unkeyedContainer()
            index = try list.decode(Int.self)
            name = try list.decode(String.self)
        }
    }

    private let type: String
    private let scope: String
    private let maps: [MapUse]?
    private let insns: String

    private enum CodingKeys: String, CodingKey {
        case scope, maps, insns
        case type = "prog_type"
    }

    /// Those of types that the model has; none where the shared data is absent.
    static func all() throws -> [(spec: ProgramSpec, entry: ProgramEntry)] {
        try SharedData.conformance("verifier_tests.jsonl", as: RealProgram.self).compactMap { program in
            program.spec.map { ($0, .context) }
        }
    }

    private var spec: ProgramSpec? {
        guard scope == "in", var slots = try? RawInstruction.slots(of: [UInt8](hex: insns) ?? []), slots.count < 80
        else { return nil }
        for use in maps ?? [] { slots[use.index].immediate = use.name.contains("array") ? 2 : 1 }
        guard let code = try? InstructionSequence(decoding: slots) else { return nil }
        return ProgramSpec(type: ProgramType(name: type) ?? .schedCls, code: code, maps: BlockGenerator.maps)
    }
}
