import CLz4
import CZlib
import CZstd

/// Compresses test data, each format by its own library.
enum Compressing: CaseIterable {
    case gzip, zstd, lz4

    func callAsFunction(_ bytes: [UInt8]) -> [UInt8] {
        var output = [UInt8](repeating: 0, count: bytes.count * 2 + 1000)
        let length: Int
        switch self {
        case .gzip: length = Self.gzip(bytes, &output)
        case .zstd:
            length = unsafe output.withUnsafeMutableBytes { output in
                unsafe bytes.withUnsafeBytes { bytes in
                    unsafe ZSTD_compress(output.baseAddress, output.count, bytes.baseAddress, bytes.count, 3)
                }
            }
        case .lz4:
            length = unsafe output.withUnsafeMutableBytes { output in
                unsafe bytes.withUnsafeBytes { bytes in
                    unsafe LZ4F_compressFrame(output.baseAddress, output.count, bytes.baseAddress, bytes.count, nil)
                }
            }
        }
        return Array(output.prefix(length))
    }

    private static func gzip(_ bytes: [UInt8], _ output: inout [UInt8]) -> Int {
        var stream = unsafe z_stream()
        let size = Int32(unsafe MemoryLayout<z_stream>.size)
        unsafe deflateInit2_(&stream, 6, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY, ZLIB_VERSION, size)
        defer { unsafe deflateEnd(&stream) }
        var input = bytes
        return unsafe input.withUnsafeMutableBufferPointer { input in
            unsafe output.withUnsafeMutableBufferPointer { output in
                unsafe stream.next_in = input.baseAddress
                unsafe stream.avail_in = UInt32(input.count)
                unsafe stream.next_out = output.baseAddress
                unsafe stream.avail_out = UInt32(output.count)
                unsafe deflate(&stream, Z_FINISH)
                return unsafe Int(stream.total_out)
            }
        }
    }
}
