internal import Weir

/// A file named on the command line, where `-` is standard input.
struct InputFile {
    /// The longest file that is read as a whole: no program or expression is longer.
    private static let limit = 64 << 20
    private static let pieceSize = 1 << 16

    /// The file as named.
    let path: String

    /// Its bytes, read from beginning to end.
    func source(on console: Console) throws(StreamError) -> any ByteSource {
        if path == "-" { return try console.standardInput() }
        let source = try FileSource(path: path)
        source.isCancelled = { [interruption = console.interruption] in interruption.isRequested }
        return source
    }

    /// Its bytes as a capture has them: decompressed, where they are compressed.
    func capture(on console: Console) throws(StreamError) -> any ByteSource {
        try source(on: console).decompressed()
    }

    /// Refuses to write to the file itself, by whatever name, before it is read.
    func refuse(output: String) throws(CommandError) {
        let input = FileIdentity(ofFileAt: path == "-" ? "/dev/stdin" : path)
        guard input == nil || input != FileIdentity(ofFileAt: output == "-" ? "/dev/stdout" : output) else {
            throw .overwritesInput(output == "-" ? "standard output" : output)
        }
    }

    /// All its bytes, for files that are small by nature.
    func bytes(on console: Console) throws -> [UInt8] {
        let source = try source(on: console)
        var bytes: [UInt8] = []
        var piece = [UInt8](repeating: 0, count: Self.pieceSize)
        while true {
            let count = try source.read(into: &piece, range: 0..<piece.count)
            if count == 0 { return bytes }
            bytes += piece[..<count]
            guard bytes.count <= Self.limit else { throw CommandError.tooLong(source.name, limit: Self.limit) }
        }
    }

    /// All its text.
    func text(on console: Console) throws -> String {
        let bytes = try bytes(on: console)
        guard let text = String(validating: bytes, as: UTF8.self) else { throw CommandError.notText(path) }
        return text
    }
}
