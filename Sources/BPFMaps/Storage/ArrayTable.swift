import BPFModel

/// The functions of an array map: values one after the other, all there from the start, all zero.
enum ArrayTable {
    @inline(__always)
    static func lookup(_ map: UnsafeMutableRawPointer, _ key: UnsafeRawPointer) -> UnsafeMutableRawPointer? {
        let header = unsafe MapHeader.at(map)
        let index = unsafe Int(key.loadUnaligned(as: UInt32.self))
        guard unsafe index < header.pointee.capacity else { return nil }
        return unsafe header.pointee.entries + index &* header.pointee.stride
    }

    static func update(
        _ map: UnsafeMutableRawPointer, _ key: UnsafeRawPointer, _ value: UnsafeRawPointer, _ flags: UInt64
    ) -> Int64 {
        guard let mode = UpdateMode(rawValue: flags) else { return Errno.invalid.returned }
        guard let target = unsafe lookup(map, key) else { return Errno.tooBig.returned }
        if mode == .noExist { return Errno.exists.returned }
        unsafe WriterLock.lock(map)
        unsafe Words.copy(value, to: target, count: MapHeader.at(map).pointee.valueSize)
        unsafe WriterLock.unlock(map)
        return 0
    }

    static func delete(_ map: UnsafeMutableRawPointer, _ key: UnsafeRawPointer) -> Int64 {
        Errno.invalid.returned
    }

    static func slot(_ map: UnsafeMutableRawPointer, _ key: UnsafeRawPointer) -> Int {
        let index = unsafe Int(key.loadUnaligned(as: UInt32.self))
        return unsafe index < MapHeader.at(map).pointee.capacity ? index : -1
    }

    static func nextSlot(_ map: UnsafeMutableRawPointer, _ start: Int) -> Int {
        unsafe start < MapHeader.at(map).pointee.capacity ? start : -1
    }
}
