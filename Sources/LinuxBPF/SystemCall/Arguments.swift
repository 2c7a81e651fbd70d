internal import BPFModel
internal import CWeir

/// The arguments of one call of bpf(2): Linux's `union bpf_attr`, addressed by the offsets of its fields.
///
/// The fence around the addresses in it. Its invariant: an address is there only while the array it leads to is lent,
/// and the length beside it is never more than the array's.
struct Arguments {
    private var words = InlineArray<20, UInt64>(repeating: 0)

    /// The 32-bit field at an offset, a multiple of 4.
    subscript(word offset: Int) -> UInt32 {
        get { UInt32(truncatingIfNeeded: words[offset / 8] >> UInt64(offset % 8 * 8)) }
        set {
            let shift = UInt64(offset % 8 * 8)
            words[offset / 8] = words[offset / 8] & ~(0xffff_ffff << shift) | UInt64(newValue) << shift
        }
    }

    /// The 64-bit field at an offset, a multiple of 8.
    subscript(double offset: Int) -> UInt64 {
        get { words[offset / 8] }
        set { words[offset / 8] = newValue }
    }

    /// Puts a name of at most 15 bytes at an offset, a multiple of 4.
    mutating func setName(_ name: String, at offset: Int) {
        for (index, byte) in name.utf8.prefix(15).enumerated() {
            self[word: offset + index / 4 * 4] |= UInt32(byte) << UInt32(index % 4 * 8)
        }
    }

    /// Puts the address of bytes that Linux only reads at an offset while `body` runs; 0 where there are none.
    mutating func lend<Result>(
        reading bytes: [UInt8], at offset: Int, _ body: (inout Arguments) throws(Errno) -> Result
    ) throws(Errno) -> Result {
        try unsafe bytes.withUnsafeBufferPointer { buffer throws(Errno) in
            self[double: offset] = bytes.isEmpty ? 0 : UInt64(UInt(bitPattern: buffer.baseAddress))
            return try body(&self)
        }
    }

    /// Puts the address of bytes that Linux writes at an offset while `body` runs; 0 where there are none.
    mutating func lend<Result>(
        writing bytes: inout [UInt8], at offset: Int, _ body: (inout Arguments) throws(Errno) -> Result
    ) throws(Errno) -> Result {
        let isEmpty = bytes.isEmpty
        return try unsafe bytes.withUnsafeMutableBufferPointer { buffer throws(Errno) in
            self[double: offset] = isEmpty ? 0 : UInt64(UInt(bitPattern: buffer.baseAddress))
            return try body(&self)
        }
    }

    /// Lends `capacity` bytes for Linux to write to, and returns those it wrote before the first zero.
    mutating func lendText(capacity: Int, at offset: Int, _ body: (inout Arguments) -> Void) -> String {
        let bytes = unsafe [UInt8](unsafeUninitializedCapacity: capacity) { buffer, count in
            if let first = buffer.indices.first { unsafe buffer[first] = 0 }
            self[double: offset] = capacity == 0 ? 0 : UInt64(UInt(bitPattern: buffer.baseAddress))
            body(&self)
            count = unsafe buffer.firstIndex(of: 0) ?? capacity
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    /// Makes the call.
    ///
    /// - Returns: what it gives: a descriptor, or 0.
    /// - Throws: the error number.
    @discardableResult
    mutating func call(_ command: Command) throws(Errno) -> Int32 {
        let size = UInt32(MemoryLayout<InlineArray<20, UInt64>>.size)
        let result = unsafe withUnsafeMutablePointer(to: &words) { words in
            unsafe weir_bpf(command.rawValue, UnsafeMutableRawPointer(words), size)
        }
        guard result >= 0 else { throw Errno(rawValue: Int32(truncatingIfNeeded: -result)) }
        return Int32(truncatingIfNeeded: result)
    }
}
