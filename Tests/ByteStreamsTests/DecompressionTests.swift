import ByteStreams
import TestKit
import Testing

@Suite struct DecompressionTests {
    /// Bytes that compress, but not to nothing.
    static let text: [UInt8] = {
        var random = SeededRandom(seed: 1)
        return (0..<300_000).map { $0 % 3 == 0 ? UInt8.random(in: 0...7, using: &random) : UInt8($0 % 5) }
    }()

    /// Reads what there is, and the error after it.
    static func read(_ bytes: [UInt8], piece: Int = .max, output: Int = 65536) -> (bytes: [UInt8], error: StreamError?)
    {
        var all: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: output)
        do throws(StreamError) {
            let source = try MemorySource(bytes, name: "x", pieceLimit: piece).decompressed()
            while true {
                let count = try source.read(into: &buffer, range: 0..<output)
                if count == 0 { return (all, nil) }
                all += buffer[..<count]
            }
        } catch {
            return (all, error)
        }
    }

    @Test(arguments: Compressing.allCases) func `what was compressed comes back`(compress: Compressing) {
        for bytes in [[], [1], Self.text] {
            let compressed = compress(bytes)
            for (piece, output) in [(.max, 1 << 20), (1000, 1000), (7, 65536), (.max, 1)] as [(Int, Int)] {
                if bytes.count > 1, output == 1 { continue }
                let result = Self.read(compressed, piece: piece, output: output)
                #expect(result.bytes == bytes)
                #expect(result.error == nil)
            }
        }
    }

    @Test(arguments: Compressing.allCases) func `frames in a row give their contents in a row`(compress: Compressing) {
        let result = Self.read(compress([1, 2]) + compress([]) + compress([3]), piece: 10)
        #expect(result.bytes == [1, 2, 3])
        #expect(result.error == nil)
    }

    @Test(arguments: Compressing.allCases) func `zeros behind the last frame are padding`(compress: Compressing) {
        let result = Self.read(compress([1, 2]) + [UInt8](repeating: 0, count: 1000), piece: 100)
        #expect(result.bytes == [1, 2])
        #expect(result.error == nil)
    }

    @Test(arguments: Compressing.allCases) func `a frame cut anywhere gives a prefix and an error`(
        compress: Compressing
    ) {
        let bytes = Array(Self.text.prefix(300))
        let compressed = compress(bytes)
        for length in 4..<compressed.count {
            let result = Self.read(Array(compressed.prefix(length)), output: 64)
            #expect(result.bytes == Array(bytes.prefix(result.bytes.count)))
            #expect(result.error?.code == .compressedDataCutShort, "cut at \(length)")
        }
    }

    @Test func `the words of what goes wrong`() {
        let cut = Self.read(Array(Compressing.gzip(Self.text).prefix(1000)))
        #expect(cut.error?.description == "x: the gzip data is cut short: it ends inside a frame, after 1000 bytes")
        var damaged = Compressing.gzip(Self.text)
        damaged[damaged.count - 8] ^= 1
        let result = Self.read(damaged)
        #expect(result.bytes == Self.text)
        #expect(result.error?.code == .compressedDataDamaged)
        #expect(
            result.error?.description
                == "x: the gzip data is damaged within its first \(damaged.count - 4) bytes: incorrect data check")
        let trailing = Self.read(Compressing.zstd([1, 2, 3]) + [9, 9, 9, 9, 9, 9, 9, 9])
        #expect(trailing.bytes == [1, 2, 3])
        #expect(trailing.error?.code == .compressedDataDamaged)
    }

    @Test(arguments: [[], [1], [0x1f, 0x8b], Array("hello, world".utf8)] as [[UInt8]])
    func `other bytes stay as they are`(bytes: [UInt8]) {
        for piece in [1, 3, Int.max] {
            let result = Self.read(bytes, piece: piece, output: 2)
            #expect(result.bytes == bytes)
            #expect(result.error == nil)
        }
    }

    @Test(arguments: Compressing.allCases) func `damage in the middle leaves what comes before`(compress: Compressing) {
        var damaged = compress(Self.text)
        for index in damaged.count * 3 / 4..<damaged.count { damaged[index] = 0xff }
        let result = Self.read(damaged, output: 1 << 20)
        #expect(result.error != nil)
        #expect(result.bytes.count >= Self.text.count / 3)
        #expect(result.bytes.prefix(Self.text.count / 3) == Self.text.prefix(Self.text.count / 3))
    }

    @Test(arguments: Compressing.allCases) func `no damage does more than end in an error`(compress: Compressing) {
        var random = Mutation.random("\(compress) data")
        let compressed = compress(Array(Self.text.prefix(500)))
        for number in 0..<Mutation.count / 10 {
            // The magic number stays, so that every input is decompressed.
            let damaged = compressed.prefix(4) + random.mutation(of: Array(compressed.dropFirst(4)))
            let result = Self.read(Array(damaged), piece: Int.random(in: 1...600, using: &random), output: 1000)
            guard result.bytes.count < 1 << 20 else {
                Issue.record("input \(number) gives \(result.bytes.count) bytes: \(Array(damaged).hex)")
                return
            }
        }
    }
}
