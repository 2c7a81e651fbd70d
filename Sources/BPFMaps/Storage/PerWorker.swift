import BPFModel

/// Values of which every worker has its own, each worker's together, so that workers share no cache line.
///
/// Users see a key's values as Linux shows those of its possible CPUs: one after the other, each rounded up to 8 bytes.
enum PerWorker {
    /// The bytes of one worker's values: whole cache lines, and a whole number of values.
    static func stride(_ slots: Int, _ size: Int) throws(MapError) -> Int {
        try MapSpec.total(slots + (64 - slots % 64) % 64, size)
    }

    /// All workers' values, given the first one's.
    static func read(_ first: UnsafeRawPointer, size: Int, workers: Int, apart: Int) -> [UInt8] {
        let rounded = (size + 7) & ~7
        var result = [UInt8](repeating: 0, count: rounded * workers)
        unsafe result.withUnsafeMutableBytes { bytes in
            guard let target = bytes.baseAddress else { return }
            for worker in 0..<workers {
                unsafe (target + worker * rounded).copyMemory(from: first + worker * apart, byteCount: size)
            }
        }
        return result
    }

    /// Sets all workers' values, given the first one's address.
    static func write(_ values: [UInt8], to first: UnsafeMutableRawPointer, size: Int, workers: Int, apart: Int) {
        let rounded = (size + 7) & ~7
        unsafe values.withUnsafeBytes { bytes in
            guard let source = bytes.baseAddress else { return }
            for worker in 0..<workers {
                unsafe (first + worker * apart).copyMemory(from: source + worker * rounded, byteCount: size)
            }
        }
    }
}
