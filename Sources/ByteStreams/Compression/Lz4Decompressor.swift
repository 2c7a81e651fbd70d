internal import CLz4

/// LZ4 frames, by liblz4.
@safe final class Lz4Decompressor: Decompressor {
    private let context: OpaquePointer
    /// How much input to hand over next: one block without the header of the following one.
    ///
    /// liblz4 takes back what it put out in a call that fails, so a call must not reach into a second block.
    private var wanted = frameHeader

    private static let frameHeader = 7
    private static let blockHeader = 4

    init?() {
        var made: OpaquePointer?
        guard unsafe LZ4F_isError(LZ4F_createDecompressionContext(&made, UInt32(LZ4F_VERSION))) == 0,
            let context = unsafe made
        else { return nil }
        unsafe self.context = context
    }

    deinit { unsafe LZ4F_freeDecompressionContext(context) }

    func step(
        _ input: [UInt8], _ source: Range<Int>, into output: inout [UInt8], _ target: Range<Int>
    ) -> DecompressionStep {
        let source = source.prefix(wanted).clamped(to: 0..<input.count)
        let target = target.clamped(to: 0..<output.count)
        var used = source.count
        var filled = target.count
        let result = unsafe input.withUnsafeBytes { input in
            unsafe output.withUnsafeMutableBytes { output in
                unsafe LZ4F_decompress(
                    context, output.baseAddress?.advanced(by: target.lowerBound), &filled,
                    input.baseAddress?.advanced(by: source.lowerBound), &used, nil)
            }
        }
        guard LZ4F_isError(result) == 0 else {
            let name = unsafe String(cString: LZ4F_getErrorName(result))
            return DecompressionStep(used: 0, filled: 0, outcome: .damaged(name))
        }
        guard result > 0 else {
            wanted = Self.frameHeader
            return DecompressionStep(used: used, filled: filled, outcome: .complete)
        }
        wanted = result > Self.blockHeader ? result - Self.blockHeader : result
        return DecompressionStep(used: used, filled: filled, outcome: .underWay)
    }
}
