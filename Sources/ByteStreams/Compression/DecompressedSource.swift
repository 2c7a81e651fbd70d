/// The bytes another source gives when decompressed.
final class DecompressedSource: ByteSource {
    let name: String
    private let upstream: any ByteSource
    private let compression: Compression
    private let decompressor: any Decompressor
    private var input: [UInt8]
    private var unused: Range<Int>
    /// The compressed bytes used so far, for messages.
    private var position: UInt64 = 0
    private var state = State.between

    private enum State {
        /// At the beginning, or behind a complete frame: the stream may end here.
        case between
        case inFrame
        /// Everything that could be decompressed was.
        case ended
        case failed(StreamError)
    }

    private static let inputSize = 1 << 18

    /// Decompresses what begins with `beginning` and goes on with the bytes of `upstream`.
    init(
        _ upstream: any ByteSource, beginning: [UInt8], _ compression: Compression
    ) throws(StreamError) {
        guard let decompressor = compression.decompressor() else {
            throw .noMemory(upstream.name, compression)
        }
        name = upstream.name + ", decompressed"
        self.upstream = upstream
        self.compression = compression
        self.decompressor = decompressor
        input = beginning
        unused = 0..<beginning.count
    }

    var progress: StreamProgress? { upstream.progress }

    func read(into buffer: inout [UInt8], range: Range<Int>) throws(StreamError) -> Int {
        while true {
            switch state {
            case .ended: return 0
            case .failed(let error): throw error
            case .between, .inFrame: break
            }
            if unused.isEmpty, try !refill() { continue }
            if case .between = state, try !beginFrame() { continue }
            let count = step(into: &buffer, range)
            if count > 0 { return count }
        }
    }

    /// Reads compressed bytes; false at their end.
    private func refill() throws(StreamError) -> Bool {
        if input.count < Self.inputSize { input = [UInt8](repeating: 0, count: Self.inputSize) }
        let count = try upstream.read(into: &input, range: 0..<input.count)
        unused = 0..<count
        if count > 0 { return true }
        if case .between = state {
            state = .ended
        } else {
            state = .failed(.compressedDataCutShort(upstream.name, compression, at: position))
        }
        return false
    }

    /// Expects another frame, or the zeros that tapes and disks pad files with; false for the latter.
    private func beginFrame() throws(StreamError) -> Bool {
        while input[unused.lowerBound] == 0 {
            use(1)
            if unused.isEmpty { return false }
        }
        state = .inFrame
        return true
    }

    private func step(into buffer: inout [UInt8], _ range: Range<Int>) -> Int {
        let step = decompressor.step(input, unused, into: &buffer, range)
        use(step.used)
        switch step.outcome {
        case .complete: state = .between
        case .damaged(let reason): fail(reason)
        case .underWay:
            // With bytes at hand and room for more, a step that does nothing would be repeated for ever.
            if step.used == 0, step.filled == 0, !unused.isEmpty { fail("no progress") }
        }
        return step.filled
    }

    private func use(_ count: Int) {
        unused = (unused.lowerBound + count)..<unused.upperBound
        position &+= UInt64(count)
    }

    private func fail(_ reason: String) {
        state = .failed(.compressedDataDamaged(upstream.name, compression, at: position, reason))
    }
}

/// Gives bytes that were read ahead, then those of the source they came from.
final class RewoundSource: ByteSource {
    private let upstream: any ByteSource
    private var beginning: ArraySlice<UInt8>

    init(_ upstream: any ByteSource, beginning: [UInt8]) {
        self.upstream = upstream
        self.beginning = beginning[...]
    }

    var name: String { upstream.name }
    var progress: StreamProgress? { upstream.progress }

    func read(into buffer: inout [UInt8], range: Range<Int>) throws(StreamError) -> Int {
        guard !beginning.isEmpty else { return try upstream.read(into: &buffer, range: range) }
        let piece = beginning.prefix(range.count)
        buffer.replaceSubrange(range.lowerBound..<(range.lowerBound + piece.count), with: piece)
        beginning = beginning.dropFirst(piece.count)
        return piece.count
    }
}

extension ByteSource {
    /// The bytes of this source, decompressed where they begin as gzip, zstd or lz4 data do.
    ///
    /// Several gzip members or zstd or lz4 frames in a row give their contents in a row. Of damaged data, what comes
    /// before the damage is given first, then the error.
    public func decompressed() throws(StreamError) -> any ByteSource {
        var piece = [UInt8](repeating: 0, count: 4096)
        var beginning: [UInt8] = []
        while beginning.count < 4 {
            let count = try read(into: &piece, range: 0..<piece.count)
            if count == 0 { break }
            beginning.append(contentsOf: piece[..<count])
        }
        guard let compression = Compression.allCases.first(where: { beginning.starts(with: $0.magic) }) else {
            return RewoundSource(self, beginning: beginning)
        }
        return try DecompressedSource(self, beginning: beginning, compression)
    }
}
