public import Foundation

/// Test data kept outside the project: conformance vectors and captures.
///
/// The folder is `$WEIR_SHARED`, or `../shared` beside the package where that is not set. Any subset of the files may be
/// there; what is absent is skipped with one printed line, so that a test run always says what it did not check.
public enum SharedData {
    /// The folder everything is looked up in.
    public static let root: URL = {
        if let path = ProcessInfo.processInfo.environment["WEIR_SHARED"], !path.isEmpty {
            return URL(fileURLWithPath: path, isDirectory: true)
        }
        let package = URL(fileURLWithPath: #filePath)
            .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        return package.deletingLastPathComponent().appendingPathComponent("shared", isDirectory: true)
    }()

    /// The lines of `conformance/NAME`, or nil, having said so, where the file is absent.
    public static func conformance(_ name: String) -> [Data]? {
        contents("conformance/" + name).map { $0.split(separator: UInt8(ascii: "\n")).map { Data($0) } }
    }

    /// Every line of `conformance/NAME` decoded as one case; empty, having said so, where the file is absent.
    public static func conformance<Case: Decodable>(_ name: String, as _: Case.Type) throws -> [Case] {
        let decoder = JSONDecoder()
        return try (conformance(name) ?? []).map { try decoder.decode(Case.self, from: $0) }
    }

    /// The bytes of `captures/NAME`, or nil, having said so, where the file is absent.
    public static func capture(_ name: String) -> [UInt8]? {
        contents("captures/" + name).map { [UInt8]($0) }
    }

    /// The file at `path` under ``root``, or nil, having said so, where it is absent.
    public static func contents(_ path: String) -> Data? {
        let file = root.appendingPathComponent(path)
        guard let data = try? Data(contentsOf: file) else {
            print("skipped: \(path) is not in \(root.path); set WEIR_SHARED to the folder that holds it")
            return nil
        }
        return data
    }
}
