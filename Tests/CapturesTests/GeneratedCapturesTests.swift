import Foundation
import Testing

/// The made files in `Captures/` are what the generator makes, byte for byte.
///
/// With `WEIR_WRITE_CAPTURES=1` in the environment the files are written first.
@Suite struct GeneratedCapturesTests {
    static let folder = URL(fileURLWithPath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        .appendingPathComponent("Captures")

    @Test(arguments: GeneratedCaptures.all.map(\.name))
    func fileIsWhatTheGeneratorMakes(name: String) throws {
        let bytes = try #require(GeneratedCaptures.all.first { $0.name == name }).bytes
        let file = Self.folder.appendingPathComponent(name)
        if ProcessInfo.processInfo.environment["WEIR_WRITE_CAPTURES"] == "1" { try Data(bytes).write(to: file) }
        #expect(try [UInt8](Data(contentsOf: file)) == bytes)
    }
}
