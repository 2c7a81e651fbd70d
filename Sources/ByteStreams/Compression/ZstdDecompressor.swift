internal import CZstd

/// Zstandard, by libzstd (RFC 8878); frames that need more than 128 MiB of memory are refused.
@safe final class ZstdDecompressor: Decompressor {
    private let context: OpaquePointer
    /// How much input to hand over next: one block without the header of the following one.
    ///
    /// libzstd takes back what it put out in a call that fails, so a call must not reach into a second block.
    private var wanted = frameHeader

    private static let frameHeader = 18
    private static let blockHeader = 3

    init?() {
        guard let context = unsafe ZSTD_createDStream() else { return nil }
        unsafe self.context = context
    }

    deinit { unsafe ZSTD_freeDStream(context) }

    func step(
        _ input: [UInt8], _ source: Range<Int>, into output: inout [UInt8], _ target: Range<Int>
    ) -> DecompressionStep {
        let source = source.prefix(wanted).clamped(to: 0..<input.count)
        let target = target.clamped(to: 0..<output.count)
        var used = 0
        var filled = 0
        let result = unsafe input.withUnsafeBytes { input in
            unsafe output.withUnsafeMutableBytes { output in
                var from = unsafe ZSTD_inBuffer(
                    src: input.baseAddress?.advanced(by: source.lowerBound), size: source.count, pos: 0)
                var to = unsafe ZSTD_outBuffer(
                    dst: output.baseAddress?.advanced(by: target.lowerBound), size: target.count, pos: 0)
                let result = unsafe ZSTD_decompressStream(context, &to, &from)
                used = unsafe from.pos
                filled = unsafe to.pos
                return result
            }
        }
        return DecompressionStep(used: used, filled: filled, outcome: outcome(result))
    }

    private func outcome(_ result: Int) -> DecompressionStep.Outcome {
        if result == 0 {
            wanted = Self.frameHeader
            return .complete
        }
        guard ZSTD_isError(result) != 0 else {
            wanted = result > Self.blockHeader ? result - Self.blockHeader : result
            return .underWay
        }
        return .damaged(unsafe String(cString: ZSTD_getErrorName(result)).lowercased())
    }
}
