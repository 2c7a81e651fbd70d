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

    /// All of them, as classifiers where their own type is none of `types`; none where the shared data is absent.
    static func all(_ types: [ProgramType]) throws -> [ProgramSpec] {
        try SharedData.conformance("verifier_tests.jsonl", as: RealProgram.self).compactMap { $0.spec(types) }
    }

    private func spec(_ types: [ProgramType]) -> ProgramSpec? {
        guard scope == "in", var slots = try? RawInstruction.slots(of: [UInt8](hex: insns) ?? []), slots.count < 80
        else { return nil }
        for use in maps ?? [] { slots[use.index].immediate = use.name.contains("array") ? 2 : 1 }
        guard let code = try? InstructionSequence(decoding: slots) else { return nil }
        let known = types.first { $0.name == type } ?? .schedCls
        return ProgramSpec(type: known, code: code, maps: BlockGenerator.maps)
    }
}
