import BPFModel
import BPFText
import BPFVerifier
import Foundation
import TestKit
import Testing

/// A program that is refused, and what is said about it: one entry of a file in `Cases`.
///
/// A file is named for the reason of its refusals. An entry in it is
///
///     == a name for people
///     -- options unprivileged
///     -- asm
///     the program, with .type where it isn't a socket_filter
///     -- message
///     what is said, line by line
///
/// Options, where there are any, are `unprivileged`, `strict` (alignment) and `limit=N` (instructions). What assembly
/// can't say of maps, `-- maps` does: `N inner=M` and `N constants=BYTES` (in hex), of map number N.
struct RejectionCase: CustomTestStringConvertible {
    let reason: String
    let name: String
    let options: Verifier.Options
    let program: String
    private let maps: [String]
    let lines: [String]

    var testDescription: String { "\(reason): \(name)" }

    /// Every case of every file.
    static let all: [RejectionCase] = {
        let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appendingPathComponent("Cases")
        let files = (try? FileManager.default.contentsOfDirectory(atPath: folder.path))?.sorted() ?? []
        return files.filter { $0.hasSuffix(".case") }.flatMap { file in
            let text = (try? String(contentsOf: folder.appendingPathComponent(file), encoding: .utf8)) ?? ""
            return ("\n" + text).components(separatedBy: "\n== ").dropFirst().map {
                RejectionCase(String(file.dropLast(5)), $0)
            }
        }
    }()

    /// Reads an entry, without the signs before its name.
    private init(_ reason: String, _ text: String) {
        let lines = text.components(separatedBy: "\n")
        var sections: [String: [String]] = [:]
        var section = ""
        for line in lines.dropFirst() {
            if line.hasPrefix("-- ") {
                let words = line.dropFirst(3).split(separator: " ", maxSplits: 1).map(String.init)
                section = words[0]
                sections[section] = words.count > 1 ? [words[1]] : []
            } else {
                sections[section, default: []].append(line)
            }
        }
        self.reason = reason
        name = lines[0]
        options = Self.options(sections["options"]?.first ?? "")
        maps = sections["maps"] ?? []
        program = (sections["asm"] ?? []).joined(separator: "\n")
        self.lines = (sections["message"] ?? []).filter { !$0.isEmpty }
    }

    private static func options(_ text: String) -> Verifier.Options {
        let words = text.split(separator: " ")
        var options = words.contains("unprivileged") ? Verifier.Options.unprivileged : Verifier.Options()
        options.strictAlignment = words.contains("strict")
        for word in words where word.hasPrefix("limit=") {
            options.instructionLimit = Int(word.dropFirst(6)) ?? options.instructionLimit
        }
        return options
    }

    /// The program with its maps.
    private var spec: ProgramSpec {
        get throws {
            var spec = try ProgramSpec(assembly: program)
            for line in maps {
                let words = line.split(whereSeparator: { " =".contains($0) })
                guard words.count == 3, let number = Int32(words[0]), var map = spec.maps[number] else { continue }
                switch words[1] {
                case "inner": map.inner = Int32(words[2]).flatMap { spec.maps[$0] }
                case "constants": map.constants = [UInt8](hex: String(words[2]))
                default: continue
                }
                spec.maps[number] = map
            }
            return spec
        }
    }

    /// What the verifier says; nil where it accepts the program.
    func rejection() throws -> VerifierRejection? {
        let spec = try spec
        do throws(VerifierRejection) {
            _ = try Verifier(options).verify(spec)
            return nil
        } catch {
            return error
        }
    }
}
