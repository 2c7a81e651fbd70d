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
            let spec = ProgramSpec(type: type, code: try InstructionSequence(decoding: bytes), maps: maps)
            _ = try Verifier(options).verify(spec, entry: entry)
            return nil
        } catch let error as VerifierRejection {
            return "\(error.reason) at \(error.slot ?? -1): \(error.claim)"
        } catch {
            return "\(error)"
        }
    }
}

/// The maps that verifier tests name.
struct VerifierMaps: Decodable {
    let type: String
    let keySize: Int
    let valueSize: Int
    let maxEntries: Int
    let flags: UInt32

    enum CodingKeys: String, CodingKey {
        case type, flags
        case keySize = "key_size"
        case valueSize = "value_size"
        case maxEntries = "max_entries"
    }

    static func shared() throws -> [String: VerifierMaps] {
        guard let data = SharedData.contents("conformance/verifier_maps.json") else { return [:] }
        return try JSONDecoder().decode([String: VerifierMaps].self, from: data)
    }

    /// The specification, or nil where the model has no such maps.
    var spec: MapSpec? {
        guard let type = MapType.allCases.first(where: { $0.name == type }) else { return nil }
        return MapSpec(
            type: type, keySize: keySize, valueSize: valueSize, maxEntries: maxEntries,
            flags: MapFlags(rawValue: flags))
    }
}

/// One line of `verifier_tests.jsonl`.
struct VerifierCase: Decodable {
    struct MapUse: Decodable {
        let index: Int
        let name: String

        init(from decoder: any Decoder) throws {
            var list = try decoder.unkeyedContainer()
            index = try list.decode(Int.self)
            name = try list.decode(String.self)
        }
    }

    let id: String
    let name: String
    let programType: String
    let flags: [String]?
    let scope: String
    let maps: [MapUse]?
    let mapDefinitions: [String: VerifierMaps]?
    let kernel: KernelVerdict
    /// What Linux says to loaders that may not leak addresses, where that differs.
    let noperfmon: KernelVerdict?
    let insns: String

    enum CodingKeys: String, CodingKey {
        case id, name, flags, scope, maps, kernel, noperfmon, insns
        case programType = "prog_type"
        case mapDefinitions = "map_defs"
    }

    var isStrict: Bool { flags?.contains("strict_alignment") ?? false }

    /// The program with its maps, or nil where the model lacks a map type, a helper or a context it needs.
    func program(_ shared: [String: VerifierMaps]) -> VerdictProgram? {
        guard let type = modelledType, var slots = try? RawInstruction.slots(of: [UInt8](hex: insns) ?? []) else {
            return nil
        }
        guard !callsUnmodelledHelper(slots) else { return nil }
        var specs: [Int32: MapSpec] = [:]
        for (position, use) in (maps ?? []).enumerated() {
            guard let spec = (mapDefinitions?[use.name] ?? shared[use.name])?.spec else { return nil }
            let number = Int32(1000 + position)
            slots[use.index].immediate = number
            specs[number] = spec
        }
        return VerdictProgram(type: type, bytes: slots.flatMap(\.bytes), maps: specs)
    }

    /// Tracing programs of these tests rarely touch their context: a classifier stands for them.
    private var modelledType: ProgramType? {
        switch programType {
        case "tracepoint", "kprobe", "raw_tracepoint": .schedCls
        default: ProgramType(name: programType)
        }
    }

    /// Helpers Linux has but the model hasn't; where Linux itself refuses the call, the case can be compared.
    private func callsUnmodelledHelper(_ slots: [RawInstruction]) -> Bool {
        if let err = kernel.err, err.contains("cannot use helper") || err.contains("invalid func") { return false }
        return slots.contains {
            $0.opcode == 0x85 && $0.source == 0 && HelperPrototype.row(of: $0.immediate) == nil
        }
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

/// Counts agreements with Linux, and lists disagreements by direction.
final class VerdictTally {
    private let title: String
    private var compared = 0
    private var stricter: [String] = []
    private var laxer: [(name: String, why: String)] = []
    private var skipped = 0

    init(_ title: String) { self.title = title }

    func skip(_ name: String) { skipped += 1 }

    func compare(_ name: String, kernel: KernelVerdict, found: String?) {
        compared += 1
        if kernel.verdict == "accept", let found { stricter.append("\(name): \(found)") }
        if kernel.verdict == "reject", found == nil { laxer.append((name, kernel.err ?? "")) }
    }

    /// Prints the tally; fails below a floor, or where a case is laxer that isn't known to be.
    func expect(atLeast floor: Int, laxer known: Set<String>) {
        let agreed = compared - stricter.count - laxer.count
        print("\(title), verifier: agree \(agreed) of \(compared); \(skipped) need what the model lacks")
        for line in stricter { print("  stricter: \(line)") }
        for line in laxer { print("  LAXER: \(line.name): kernel: \(line.why)") }
        guard compared > 0 else { return }
        #expect(agreed >= min(floor, compared))
        #expect(laxer.map(\.name).filter { name in !known.contains { name.hasPrefix($0 + " ") } } == [])
    }
}
