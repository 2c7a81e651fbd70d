import BPFModel
import BPFText
import BPFVerifier
import Foundation
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
/// Options, where there are any, are `unprivileged`, `strict` (alignment) and `limit=N` (instructions).
struct RejectionCase: CustomTestStringConvertible {
    let reason: String
    let name: String
    let options: Verifier.Options
    let program: String
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

    /// What the verifier says; nil where it accepts the program.
    func rejection() throws -> VerifierRejection? {
        let spec = try ProgramSpec(assembly: program)
        do throws(VerifierRejection) {
            _ = try Verifier(options).verify(spec)
            return nil
        } catch {
            return error
        }
    }
}
