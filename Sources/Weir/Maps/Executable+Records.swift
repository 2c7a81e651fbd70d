public import BPFExecution
public import BPFModel

extension Executable {
    /// Opens rings for the records of a program's perf event arrays: for as many workers as each array has entries.
    ///
    /// - Throws: `ENOMEM` for want of memory.
    public func openRecords(workers: Int = 1) throws(Errno) {
        for map in maps.values where map.spec.type == .perfEventArray {
            try map.openRecords(workers: min(workers, map.spec.maxEntries))
        }
    }
}
