import BPFModel

/// The event that a program runs on, in memory of the worker's own.
///
/// Invariant: `base` is the address of `capacity` bytes, of which those from `used` on are zeros.
@safe struct EventBuffer {
    /// The largest context that is plain memory.
    private static let capacity = 8192

    private let base: UnsafeMutableRawPointer
    private var used = 0

    init() {
        unsafe base = .allocate(byteCount: Self.capacity, alignment: 16)
        unsafe base.initializeMemory(as: UInt8.self, repeating: 0, count: Self.capacity)
    }

    /// The address of the bytes.
    var address: UInt64 { unsafe UInt64(UInt(bitPattern: base)) }

    /// Puts bytes at the front and zeros behind them, so that they are `size` in all.
    mutating func fill(_ bytes: UnsafeRawBufferPointer, size: Int) {
        let count = min(bytes.count, size, Self.capacity)
        if let source = bytes.baseAddress { unsafe base.copyMemory(from: source, byteCount: count) }
        if used > count {
            unsafe (base + count).initializeMemory(as: UInt8.self, repeating: 0, count: used - count)
        }
        used = count
    }

    func deallocate() { unsafe base.deallocate() }
}

extension Worker {
    /// Calls `body` with the address of an event that is followed by zeros up to `size` bytes.
    func withEvent<Result>(_ event: Span<UInt8>, size: Int, _ body: (UInt64) -> Result) -> Result {
        unsafe event.withUnsafeBytes { bytes in unsafe self.event.fill(bytes, size: size) }
        unsafe state.pointee.context = ContextImage(metadata)
        return body(self.event.address)
    }
}
