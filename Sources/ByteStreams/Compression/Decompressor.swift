/// Turns compressed bytes into what was compressed, a piece at a time.
///
/// Behind it lies one of the C libraries. The fence's invariant: every range handed to a library is clamped to its
/// array first, and the library's state is made in `init`, freed in `deinit` and never copied.
protocol Decompressor: AnyObject {
    /// Decompresses as much as fits.
    ///
    /// - Parameters:
    ///   - input: compressed bytes, from `source` on.
    ///   - source: the part of the input that has not been used yet.
    ///   - output: where the decompressed bytes go.
    ///   - target: the part of the output to fill.
    func step(
        _ input: [UInt8], _ source: Range<Int>, into output: inout [UInt8], _ target: Range<Int>
    ) -> DecompressionStep
}

/// What one step did.
struct DecompressionStep {
    /// How much of the input was used, and of the output filled.
    var used: Int
    var filled: Int
    var outcome: Outcome

    enum Outcome {
        /// There is more to come.
        case underWay
        /// A compressed frame or member is complete; another one may follow.
        case complete
        /// The data contradict themselves.
        case damaged(String)
    }
}

/// The compression formats that are recognised by their first bytes.
enum Compression: CaseIterable {
    case gzip, zstd, lz4

    /// The bytes data of the format begin with.
    var magic: [UInt8] {
        switch self {
        case .gzip: [0x1f, 0x8b, 0x08]
        case .zstd: [0x28, 0xb5, 0x2f, 0xfd]
        case .lz4: [0x04, 0x22, 0x4d, 0x18]
        }
    }

    /// The name, as in `the gzip data`.
    var name: String {
        switch self {
        case .gzip: "gzip"
        case .zstd: "zstd"
        case .lz4: "lz4"
        }
    }

    /// A decompressor at the beginning of a stream; nil where there is no memory for one.
    func decompressor() -> (any Decompressor)? {
        switch self {
        case .gzip: GzipDecompressor()
        case .zstd: ZstdDecompressor()
        case .lz4: Lz4Decompressor()
        }
    }
}
