import BPFModel

// What programs do with LRU maps.
extension LRUMap {
    static func functions(keySize: Int) -> MapFunctions {
        var functions = unsafe MapFunctions()
        switch keySize {
        case 4: unsafe functions.lookup = { map, key, _ in unsafe HashTable<Key4>.lookupUsing(map, key) }
        case 8: unsafe functions.lookup = { map, key, _ in unsafe HashTable<Key8>.lookupUsing(map, key) }
        case 16: unsafe functions.lookup = { map, key, _ in unsafe HashTable<Key16>.lookupUsing(map, key) }
        default: unsafe functions.lookup = { map, key, _ in unsafe HashTable<KeyBytes>.lookupUsing(map, key) }
        }
        unsafe functions.update = { map, key, value, flags, worker in
            let header = unsafe HashHeader.at(map)
            return unsafe LRUTable.update(map, key, flags, worker: Int(worker), inPlace: false) { index, isNew in
                let target = unsafe header.entry(index) + header.pointee.valueOffset
                let size = unsafe header.pointee.valueSize
                let lock = unsafe header.pointee.spinLock
                if isNew {
                    unsafe ValueLock.initialise(target, from: value, size: size, lock: lock)
                } else {
                    unsafe ValueLock.write(value, to: target, size: size, lock: lock)
                }
            }
        }
        unsafe functions.delete = { map, key, _ in unsafe LRUTable.delete(map, key) }
        unsafe functions.next = { map, walk, _ in
            guard let next = unsafe HashWalk.step(map, MapWalk.at(walk)) else { return nil }
            return unsafe next.entry + HashHeader.at(map).pointee.valueOffset
        }
        return unsafe functions
    }

    /// The functions where every worker has its own values.
    static var workerFunctions: MapFunctions {
        var functions = unsafe MapFunctions()
        unsafe functions.lookup = { map, key, worker in unsafe HashTable<KeyBytes>.lookupUsing(map, key, worker: worker)
        }
        unsafe functions.update = { map, key, value, flags, worker in
            let header = unsafe HashHeader.at(map)
            guard unsafe worker < header.pointee.workers else { return Errno.range.returned }
            let values = unsafe WorkerValues(header)
            return unsafe LRUTable.update(map, key, flags, worker: Int(worker), inPlace: true) { index, isNew in
                let first = unsafe header.workerValue(index, 0)
                if isNew {
                    unsafe values.write(value, onlyOf: Int(worker), to: first)
                } else {
                    unsafe Words.copy(value, toEntry: first + Int(worker) * values.apart, count: values.size)
                }
            }
        }
        unsafe functions.delete = { map, key, _ in unsafe LRUTable.delete(map, key) }
        unsafe functions.next = { map, walk, worker in
            guard let next = unsafe HashWalk.step(map, MapWalk.at(walk)),
                unsafe worker < HashHeader.at(map).pointee.workers
            else { return nil }
            return unsafe HashHeader.at(map).workerValue(next.index, worker)
        }
        return unsafe functions
    }
}

extension HashTable {
    /// ``lookup(_:_:)``, which counts as use.
    @inline(__always)
    static func lookupUsing(
        _ map: UnsafeMutableRawPointer, _ address: UnsafeRawPointer
    ) -> UnsafeMutableRawPointer? {
        guard let value = unsafe lookup(map, address) else { return nil }
        unsafe UseWord.touch(value - UseWord.size, map)
        return unsafe value
    }

    /// ``lookup(_:_:worker:)``, which counts as use.
    static func lookupUsing(
        _ map: UnsafeMutableRawPointer, _ address: UnsafeRawPointer, worker: UInt32
    ) -> UnsafeMutableRawPointer? {
        let header = unsafe HashHeader.at(map)
        guard unsafe worker < header.pointee.workers, let entry = unsafe lookup(map, address) else { return nil }
        unsafe UseWord.touch(entry - UseWord.size, map)
        let index = unsafe (entry - header.pointee.valueOffset - header.pointee.entries) / header.pointee.stride
        return unsafe header.workerValue(index, worker)
    }
}
