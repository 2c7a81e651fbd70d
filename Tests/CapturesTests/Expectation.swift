import Foundation

/// What must be found in a capture: its `.expect` file.
struct Expectation: Sendable, CustomStringConvertible {
    /// The capture's file name.
    let capture: String
    private(set) var packets: UInt64 = 0
    private(set) var bytes: UInt64 = 0
    /// The error that ends the file; nil where it is whole.
    private(set) var error: String?
    /// How many packets each expression matches.
    private(set) var filters: [(expression: String, packets: UInt64)] = []
    /// Lines that say nothing known.
    private(set) var unknown: [String] = []

    var description: String { capture }

    /// Every expectation there is, by the capture's name.
    static let all: [Expectation] = {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: GeneratedCapturesTests.folder.path)) ?? []
        return names.filter { $0.hasSuffix(".expect") }.sorted().compactMap { Expectation(file: $0) }
    }()

    private init?(file: String) {
        let url = GeneratedCapturesTests.folder.appendingPathComponent(file)
        guard let text = try? String(contentsOf: url, encoding: .utf8) else { return nil }
        capture = String(file.dropLast(".expect".count))
        for line in text.split(separator: "\n") where !line.hasPrefix("#") { read(String(line)) }
    }

    /// Reads one statement: `packets N`, `bytes N`, `error TEXT`, or `filter N: EXPRESSION`.
    private mutating func read(_ line: String) {
        let words = line.split(separator: " ", maxSplits: 1).map(String.init)
        switch (words.first, words.count) {
        case ("packets", 2): packets = UInt64(words[1]) ?? .max
        case ("bytes", 2): bytes = UInt64(words[1]) ?? .max
        case ("error", 2): error = words[1]
        case ("filter", 2):
            let parts = words[1].split(separator: ":", maxSplits: 1)
            guard parts.count == 2, let packets = UInt64(parts[0]) else { return unknown.append(line) }
            filters.append((parts[1].trimmingCharacters(in: .whitespaces), packets))
        default: unknown.append(line)
        }
    }
}
