import BPFModel

/// Values of which every worker has its own, each worker's in a table of its own, so that workers share no cache line.
///
/// Users see a key's values as Linux shows those of its possible CPUs: one after the other, each rounded up to 8 bytes.
struct WorkerValues {
    /// The length of one value.
    let size: Int
    /// How many workers there are.
    let workers: Int
    /// How far a worker's value is from the one before, in bytes.
    let apart: Int

    init(size: Int, workers: Int, apart: Int) {
        self.size = size
        self.workers = workers
        self.apart = apart
    }

    /// The bytes of one worker's table for so many slots: whole cache lines, and a whole number of values.
    static func stride(_ slots: Int, _ size: Int) throws(MapError) -> Int {
        try MapSpec.total(slots + (64 - slots % 64) % 64, size)
    }

    private var rounded: Int { (size + 7) & ~7 }
    /// The length of a key's values as users pass them.
    var userSize: Int { rounded * workers }

    /// Copies all workers' values out, given the first one's.
    func read(_ first: UnsafeRawPointer, to target: UnsafeMutableRawPointer) {
        for worker in 0..<workers {
            unsafe Words.copy(entry: first + worker * apart, to: target + worker * rounded, count: size)
        }
    }

    /// Sets all workers' values, given the first one's address.
    func write(_ values: UnsafeRawPointer, to first: UnsafeMutableRawPointer) {
        for worker in 0..<workers {
            unsafe Words.copy(values + worker * rounded, toEntry: first + worker * apart, count: size)
        }
    }

    /// Sets one worker's value and zeroes the others', given the first one's address.
    func write(_ value: UnsafeRawPointer, onlyOf own: Int, to first: UnsafeMutableRawPointer) {
        for worker in 0..<workers {
            let target = unsafe first + worker * apart
            if worker == own {
                unsafe Words.copy(value, toEntry: target, count: size)
            } else {
                unsafe Words.zero(target, count: size)
            }
        }
    }
}
