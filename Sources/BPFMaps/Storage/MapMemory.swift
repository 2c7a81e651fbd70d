import BPFModel

/// A map's memory: its headers, then what its kind needs, at addresses that never change.
///
/// Invariant: the region holds a ``MapHeader`` at its start that never changes after `init`, and `bytes` zeroed bytes
/// from ``MapHeader/reserved`` on.
///
/// `@unchecked Sendable` because the address and the header are constant; what lies behind them is guarded by the
/// kind that owns it.
@safe final class MapMemory: @unchecked Sendable {
    private let region: Region
    /// The map's address, as its functions take it.
    let base: UnsafeMutableRawPointer

    /// Takes `bytes` for a kind and writes the header.
    ///
    /// - Throws: `ENOMEM` where the system has no room for them.
    init(_ spec: MapSpec, _ functions: MapFunctions, bytes: Int, _ options: MapOptions) throws(MapError) {
        let size = unsafe MapHeader.reserved + bytes
        guard let region = Region(count: size, hugePages: options.hugePages) else { throw .noMemory(bytes: size) }
        self.region = region
        unsafe base = region.base
        unsafe MapHeader.at(base).initialize(
            to: MapHeader(
                functions: functions, keySize: spec.keySize, valueSize: spec.valueSize, capacity: spec.maxEntries))
    }

    /// The map's address as programs hold it.
    var address: UInt64 { unsafe UInt64(UInt(bitPattern: base)) }

    /// The first byte of the kind's tables.
    var tables: UnsafeMutableRawPointer { unsafe base + MapHeader.reserved }

    /// The bytes at an address in the region.
    func bytes(_ address: UnsafeRawPointer, _ count: Int) -> [UInt8] {
        unsafe [UInt8](UnsafeRawBufferPointer(start: address, count: count))
    }
}

extension MapValues {
    /// The values from an address on.
    init(at first: UnsafeRawPointer, stride: Int, size: Int, slots: Int) {
        self.init(
            base: UInt64(UInt(bitPattern: first)), stride: UInt64(stride), size: UInt64(size), slots: UInt64(slots))
    }
}

// MARK: The functions of programs, for users

extension MapMemory {
    /// Bytes that `body` fills, given a key's address, or the error it returns.
    func filled(
        _ key: [UInt8], _ count: Int, _ body: (UnsafeRawPointer, UnsafeMutableRawPointer) -> Errno?
    ) throws(Errno) -> [UInt8] {
        var result = [UInt8](repeating: 0, count: count)
        let failure: Errno? = unsafe key.withUnsafeBytes { key in
            unsafe result.withUnsafeMutableBytes { bytes in
                guard let key = key.baseAddress, let target = bytes.baseAddress else { return .invalid }
                return unsafe body(key, target)
            }
        }
        if let failure { throw failure }
        return result
    }

    /// Calls `body` with the addresses of a key and a value, and throws the error it returns.
    func withKey(
        _ key: [UInt8], _ value: [UInt8], _ body: (UnsafeRawPointer, UnsafeRawPointer) -> Int64
    ) throws(Errno) {
        try Errno.check(
            unsafe key.withUnsafeBytes { key in
                unsafe value.withUnsafeBytes { value in
                    guard let key = key.baseAddress, let value = value.baseAddress else {
                        return Errno.invalid.returned
                    }
                    return unsafe body(key, value)
                }
            })
    }

    /// Updates as a program does; key and value have the map's sizes.
    func update(_ key: [UInt8], _ value: [UInt8], _ flags: UInt64) throws(Errno) {
        try unsafe withKey(key, value) { key, value in
            unsafe MapHeader.at(base).pointee.functions.update(base, key, value, flags, 0)
        }
    }

    /// Deletes as a program does; the key has the map's size.
    func delete(_ key: [UInt8]) throws(Errno) {
        try Errno.check(
            unsafe key.withUnsafeBytes { key in
                guard let key = key.baseAddress else { return Errno.invalid.returned }
                return unsafe MapHeader.at(base).pointee.functions.delete(base, key, 0)
            })
    }
}

extension Errno {
    /// Throws the error a map function returned, if it did.
    static func check(_ result: Int64) throws(Errno) {
        if result < 0 { throw Errno(rawValue: Int32(truncatingIfNeeded: -result)) }
    }
}
