import ArgumentParser
import Foundation
import Weir

/// The sets of programs that are verified for time.
enum ProgramSet: String, CaseIterable, ExpressibleByArgument {
    /// Compiled C programs of several projects.
    case objects
    /// The cases of the kernel's verifier tests, loops and branches among them.
    case cases
    /// The programs of the kernel's tests of native code.
    case kernel
    /// The largest of those: thousands to tens of thousands of instructions.
    case huge

    private var path: String {
        switch self {
        case .objects: "conformance/elf/index.json"
        case .cases: "conformance/verifier_tests.jsonl"
        case .kernel: "conformance/kernel_test_bpf.jsonl"
        case .huge: "conformance/kernel_test_bpf_huge.jsonl.gz"
        }
    }

    /// The programs, and how many are left out for each reason; nil where the data isn't there.
    func programs() throws -> (programs: [BenchProgram], skipped: [String: Int])? {
        let candidates: [Result<BenchProgram, Skipped>]?
        switch self {
        case .objects: candidates = try ObjectEntry.programs(path)
        case .cases: candidates = try CaseEntry.programs(path)
        case .kernel, .huge: candidates = try KernelEntry.programs(path)
        }
        guard let candidates else { return nil }
        var programs: [BenchProgram] = []
        var skipped: [String: Int] = [:]
        for candidate in candidates {
            switch candidate {
            case .success(let program): programs.append(program)
            case .failure(let error): skipped[error.reason, default: 0] += 1
            }
        }
        return (programs, skipped)
    }
}

/// One object of `elf/index.json`.
private struct ObjectEntry: Decodable {
    struct Program: Decodable {
        let section: String
        let type: String
        let insns: String?
        let maps: [SharedMapUse]?

        private enum CodingKeys: String, CodingKey {
            case section, insns, maps
            case type = "prog_type"
        }
    }

    let file: String
    let maps: [String: SharedMap]
    let programs: [Program]

    static func programs(_ path: String) throws -> [Result<BenchProgram, Skipped>]? {
        guard let data = SharedFolder.contents(path) else { return nil }
        return try JSONDecoder().decode([ObjectEntry].self, from: data).flatMap { object in
            object.programs.compactMap { program in
                program.insns.map { insns in
                    Result { () throws(Skipped) in
                        try BenchProgram(
                            name: "\(object.file) \(program.section)", type: program.type, hex: insns,
                            uses: program.maps ?? [], maps: object.maps)
                    }
                }
            }
        }
    }
}

/// One line of `verifier_tests.jsonl`.
private struct CaseEntry: Decodable {
    let id: String
    let type: String
    let scope: String
    let flags: [String]?
    let maps: [SharedMapUse]?
    let ownMaps: [String: SharedMap]?
    let insns: String

    private enum CodingKeys: String, CodingKey {
        case id, scope, flags, maps, insns
        case type = "prog_type"
        case ownMaps = "map_defs"
    }

    static func programs(_ path: String) throws -> [Result<BenchProgram, Skipped>]? {
        guard let entries = try SharedFolder.lines(path, as: CaseEntry.self),
            let data = SharedFolder.contents("conformance/verifier_maps.json")
        else { return nil }
        let maps = try JSONDecoder().decode([String: SharedMap].self, from: data)
        return entries.filter { $0.scope == "in" }.map { entry in
            Result { () throws(Skipped) in
                try BenchProgram(
                    name: entry.id, type: entry.type, hex: entry.insns, uses: entry.maps ?? [],
                    maps: maps.merging(entry.ownMaps ?? [:]) { $1 },
                    isStrict: entry.flags?.contains("strict_alignment") ?? false)
            }
        }
    }
}

/// One line of `kernel_test_bpf.jsonl`.
private struct KernelEntry: Decodable {
    let id: Int
    let name: String
    let type: String
    let insns: String

    static func programs(_ path: String) throws -> [Result<BenchProgram, Skipped>]? {
        try SharedFolder.lines(path, as: KernelEntry.self)?.filter { $0.type == "ebpf" }.map { entry in
            Result { () throws(Skipped) in
                try BenchProgram(
                    name: "\(entry.id) \(entry.name)", type: "socket_filter", hex: entry.insns, uses: [], maps: [:])
            }
        }
    }
}
