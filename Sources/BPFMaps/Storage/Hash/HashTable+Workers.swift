import BPFModel
import Synchronization

// Values outside the entries, which are changed in place: each worker's own.
extension HashTable {
    /// Copies all workers' values of a key out, and removes the entry where asked to.
    static func readWorkers(
        _ map: UnsafeMutableRawPointer, _ address: UnsafeRawPointer, _ workers: WorkerValues,
        to target: UnsafeMutableRawPointer, taking: Bool
    ) -> Errno? {
        let header = unsafe HashHeader.at(map)
        let key = unsafe Key(at: address, size: header.pointee.keySize)
        let (groups, slot) = unsafe lock(key, key.hash(header.pointee.seeds), header)
        defer { unsafe groups.unlock() }
        guard let slot else { return .noEntry }
        unsafe workers.read(header.workerValue(header.index(slot.group, slot.slot), 0), to: target)
        if taking { unsafe remove(slot, groups) }
        return nil
    }

    /// Makes an entry with `write`, or changes one with `change`: they are given the first worker's value's address.
    static func updateWorkers(
        _ map: UnsafeMutableRawPointer, _ address: UnsafeRawPointer, _ flags: UInt64,
        _ write: (UnsafeMutableRawPointer) -> Void, change: (UnsafeMutableRawPointer) -> Void
    ) -> Int64 {
        guard let flags = UpdateFlags(flags, -1) else { return Errno.invalid.returned }
        let header = unsafe HashHeader.at(map)
        let key = unsafe Key(at: address, size: header.pointee.keySize)
        let hash = unsafe key.hash(header.pointee.seeds)
        while true {
            var (groups, old) = unsafe lock(key, hash, header)
            if let refused = flags.mode.refusal(exists: old != nil) {
                unsafe groups.unlock()
                return refused.returned
            }
            if let old {
                unsafe change(header.workerValue(header.index(old.group, old.slot), 0))
                unsafe groups.unlock()
                return 0
            }
            guard let new = unsafe groups.freeSlot() else { continue }
            if unsafe !takeRoom(map, header) {
                unsafe groups.unlock()
                return Errno.tooBig.returned
            }
            let index = unsafe header.index(new.group, new.slot)
            unsafe key.store(to: header.entry(index))
            unsafe write(header.workerValue(index, 0))
            unsafe show(new, insteadOf: nil, groups, ControlGroup.tag(of: hash))
            unsafe groups.unlock()
            return 0
        }
    }

    /// `BPF_MAP_UPDATE_ELEM` by a program: its worker's value; those of the others start as zeros.
    static func updateOwn(
        _ map: UnsafeMutableRawPointer, _ address: UnsafeRawPointer, _ value: UnsafeRawPointer, _ flags: UInt64,
        _ worker: UInt32
    ) -> Int64 {
        let header = unsafe HashHeader.at(map)
        guard unsafe worker < header.pointee.workers else { return Errno.range.returned }
        let values = unsafe WorkerValues(header)
        return unsafe updateWorkers(map, address, flags) {
            unsafe values.write(value, onlyOf: Int(worker), to: $0)
        } change: {
            unsafe Words.copy(value, toEntry: $0 + Int(worker) * values.apart, count: values.size)
        }
    }
}

extension WorkerValues {
    /// The values of a hash table.
    init(_ header: UnsafeMutablePointer<HashHeader>) {
        size = unsafe header.pointee.valueSize
        workers = unsafe Int(header.pointee.workers)
        apart = unsafe header.pointee.tableStride
    }
}
