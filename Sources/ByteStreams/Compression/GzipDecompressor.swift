internal import CZlib

/// gzip, by zlib (RFC 1952).
@safe final class GzipDecompressor: Decompressor {
    /// zlib points back at its stream, which therefore may not move.
    private let stream: UnsafeMutablePointer<z_stream>

    init?() {
        unsafe stream = .allocate(capacity: 1)
        unsafe stream.initialize(to: z_stream())
        let size = Int32(truncatingIfNeeded: unsafe MemoryLayout<z_stream>.size)
        // 15 bits of window, and 16 for gzip headers only.
        guard unsafe inflateInit2_(stream, 15 + 16, ZLIB_VERSION, size) == Z_OK else {
            unsafe stream.deallocate()
            return nil
        }
    }

    deinit {
        unsafe inflateEnd(stream)
        unsafe stream.deallocate()
    }

    func step(
        _ input: [UInt8], _ source: Range<Int>, into output: inout [UInt8], _ target: Range<Int>
    ) -> DecompressionStep {
        let source = source.clamped(to: 0..<input.count)
        let target = target.clamped(to: 0..<output.count)
        let available = (input: UInt32(clamping: source.count), output: UInt32(clamping: target.count))
        let result = unsafe input.withUnsafeBufferPointer { input in
            unsafe output.withUnsafeMutableBufferPointer { output in
                unsafe stream.pointee.next_in = UnsafeMutablePointer(
                    mutating: input.baseAddress?.advanced(by: source.lowerBound))
                unsafe stream.pointee.avail_in = available.input
                unsafe stream.pointee.next_out = output.baseAddress?.advanced(by: target.lowerBound)
                unsafe stream.pointee.avail_out = available.output
                return unsafe inflate(stream, Z_NO_FLUSH)
            }
        }
        let used = unsafe Int(available.input - stream.pointee.avail_in)
        let filled = unsafe Int(available.output - stream.pointee.avail_out)
        return DecompressionStep(used: used, filled: filled, outcome: outcome(result))
    }

    private func outcome(_ result: Int32) -> DecompressionStep.Outcome {
        switch result {
        case Z_OK, Z_BUF_ERROR: return .underWay
        case Z_STREAM_END:
            unsafe inflateReset(stream)
            return .complete
        default:
            guard let message = unsafe stream.pointee.msg else { return .damaged("error \(result)") }
            return .damaged(unsafe String(cString: message))
        }
    }
}
