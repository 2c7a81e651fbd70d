import Synchronization

/// All memory of maps in the process, so that the host can follow an address that a program made up.
package enum MapRegions {
    private static let all = Mutex<[UInt64: Int]>([:])

    static func add(_ base: UnsafeMutableRawPointer, _ count: Int) {
        all.withLock { $0[UInt64(UInt(bitPattern: base))] = count }
    }

    static func remove(_ base: UnsafeMutableRawPointer) {
        all.withLock { $0[UInt64(UInt(bitPattern: base))] = nil }
    }

    /// Up to `count` bytes from an address on, or nil where no map has it.
    ///
    /// The headers of maps are left out: programs have no addresses of them.
    package static func read(_ address: UInt64, _ count: Int) -> [UInt8]? {
        all.withLock { regions in
            for (base, size) in regions {
                let offset = address &- base
                guard offset >= UInt64(RingRegion.page), offset < UInt64(size) else { continue }
                let count = min(count, size - Int(offset))
                guard let start = unsafe UnsafeRawPointer(bitPattern: UInt(address)) else { return nil }
                return unsafe [UInt8](UnsafeRawBufferPointer(start: start, count: count))
            }
            return nil
        }
    }
}
