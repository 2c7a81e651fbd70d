import BPFModel
import BPFVerifier
import Foundation
import TestKit
import Testing

/// What Linux said.
struct KernelVerdict: Decodable {
    let verdict: String
    let err: String?

    static let accept = KernelVerdict(verdict: "accept", err: nil)
}

/// A program and how to verify it.
struct VerdictProgram {
    var type: ProgramType
    var bytes: [UInt8]
    var maps: [Int32: MapSpec]
    var entry = ProgramEntry.context
    var license = "GPL"

    init(type: ProgramType, bytes: [UInt8], maps: [Int32: MapSpec]) {
        self.type = type
        self.bytes = bytes
        self.maps = maps
    }

    /// Nil where the program is accepted, else why it isn't.
    func verdict(strict: Bool, options: Verifier.Options = Verifier.Options()) -> String? {
        var options = options
        options.strictAlignment = strict
        do {
            let spec = ProgramSpec(
                type: type, license: license, code: try InstructionSequence(decoding: bytes), maps: maps)
            _ = try Verifier(options).verify(spec, entry: entry)
            return nil
        } catch let error as VerifierRejection {
            return "\(error.reason) at \(error.slot ?? -1): \(error.claim)"
        } catch {
            return "\(error)"
        }
    }
}

/// One line of `verifier_tests.jsonl`.
struct VerifierCase: Decodable {
    let id: String
    let name: String
    let programType: String
    let flags: [String]?
    let scope: String
    let maps: [VerdictMapUse]?
    let mapDefinitions: [String: VerdictMap]?
    let kernel: KernelVerdict
    /// What Linux says to loaders that may not leak addresses, where that differs.
    let noperfmon: KernelVerdict?
    let expect: Expectation?
    let insns: String

    /// What its authors expect of unprivileged loaders, where that differs.
    struct Expectation: Decodable {
        let unpriv: String?
        let messages: [String]?

        enum CodingKeys: String, CodingKey {
            case unpriv
            case messages = "unpriv_msgs"
        }
    }

    enum CodingKeys: String, CodingKey {
        case id, name, flags, scope, maps, kernel, noperfmon, expect, insns
        case programType = "prog_type"
        case mapDefinitions = "map_defs"
    }

    var isStrict: Bool { flags?.contains("strict_alignment") ?? false }

    /// The program with its maps, or nil where the model lacks a map type, a helper or a context it needs.
    func program(_ shared: [String: VerdictMap]) -> VerdictProgram? {
        guard let type = ProgramType(name: programType),
            let slots = try? RawInstruction.slots(of: [UInt8](hex: insns) ?? []), !callsUnmodelledHelper(slots)
        else { return nil }
        return VerdictProgram(type: type, hex: insns, maps ?? []) { mapDefinitions?[$0] ?? shared[$0] }
    }

    /// Whether Linux takes such programs only from loaders who may leak addresses.
    var needsLeaks: Bool { ["kprobe", "tracepoint", "raw_tracepoint"].contains(programType) }

    /// Helpers Linux has but the model hasn't; where Linux itself refuses the call, the case can be compared.
    private func callsUnmodelledHelper(_ slots: [RawInstruction]) -> Bool {
        if let err = kernel.err, err.contains("cannot use helper") || err.contains("invalid func") { return false }
        return slots.contains {
            $0.opcode == 0x85 && $0.source == 0 && HelperPrototype.row(of: $0.immediate) == nil
        }
    }
}

/// One object of `elf/index.json`.
struct ObjectCase: Decodable {
    struct Program: Decodable {
        let section: String
        let function: String?
        let programType: String
        /// The linked instructions; nil where linking failed.
        let insns: String?
        let maps: [VerdictMapUse]?
        let verdict: String?
        let err: String?

        enum CodingKeys: String, CodingKey {
            case section, function, insns, maps, verdict, err
            case programType = "prog_type"
        }
    }

    let file: String
    let license: String
    let maps: [String: VerdictMap]
    let programs: [Program]

    enum CodingKeys: String, CodingKey {
        case file, maps, programs
        case license = "license_string"
    }

    static func shared() throws -> [ObjectCase] {
        guard let data = SharedData.contents("conformance/elf/index.json") else { return [] }
        return try JSONDecoder().decode([ObjectCase].self, from: data)
    }
}

/// One line of `opcode_matrix.jsonl`.
struct OpcodeCase: Decodable {
    let op: String
    let variant: String
    let insn: String
    let verdict: String
    let err: String?
    let epilogue: Bool?
}

/// One line of `kernel_test_bpf.jsonl`.
struct KernelCase: Decodable {
    let id: Int
    let name: String
    let type: String
    let insns: String
    let kernel: KernelVerdict?
}

/// One line of `bpf_conformance.jsonl`.
struct MemoryCase: Decodable {
    let name: String
    let mem: String
    let insns: String
    let kernel: KernelVerdict
}
