import Foundation
import Weir

/// The folder of conformance data that is kept outside the project: `$WEIR_SHARED`, or `../shared` beside it.
enum SharedFolder {
    static let root: URL = {
        if let path = ProcessInfo.processInfo.environment["WEIR_SHARED"], !path.isEmpty {
            return URL(fileURLWithPath: path, isDirectory: true)
        }
        var project = URL(fileURLWithPath: #filePath)
        for _ in 0..<5 { project.deleteLastPathComponent() }
        return project.deletingLastPathComponent().appendingPathComponent("shared", isDirectory: true)
    }()

    /// The bytes of a file, unpacked; nil where it isn't there.
    static func contents(_ path: String) -> Data? {
        do {
            let source = try FileSource(path: root.appendingPathComponent(path).path).decompressed()
            var contents: [UInt8] = []
            var piece = [UInt8](repeating: 0, count: 1 << 20)
            while true {
                let count = try source.read(into: &piece, range: piece.indices)
                guard count > 0 else { return Data(contents) }
                contents += piece[..<count]
            }
        } catch {
            return nil
        }
    }

    /// The lines of a file, each decoded as one case; nil where the file isn't there.
    static func lines<Case: Decodable>(_ path: String, as _: Case.Type) throws -> [Case]? {
        let decoder = JSONDecoder()
        return try contents(path)?.split(separator: UInt8(ascii: "\n")).map {
            try decoder.decode(Case.self, from: Data($0))
        }
    }
}

extension [UInt8] {
    /// Bytes written as pairs of hexadecimal digits; nil where they aren't.
    init?(hex text: String) {
        let digits = text.utf8.map { character -> UInt8? in
            switch character {
            case UInt8(ascii: "0")...UInt8(ascii: "9"): character - UInt8(ascii: "0")
            case UInt8(ascii: "a")...UInt8(ascii: "f"): character - UInt8(ascii: "a") + 10
            default: nil
            }
        }
        guard digits.count.isMultiple(of: 2) else { return nil }
        self = []
        reserveCapacity(digits.count / 2)
        for place in stride(from: 0, to: digits.count, by: 2) {
            guard let high = digits[place], let low = digits[place + 1] else { return nil }
            append(high << 4 | low)
        }
    }
}
