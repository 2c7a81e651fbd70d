import BPFMaps
import BPFModel

// The helpers that reach into maps.
extension HelperFunctions {
    static let maps: [HelperImplementation] = unsafe [
        HelperImplementation(.mapLookupElement) { map, key, _, _, _, state in
            unsafe mapLookup(map, key, worker(state))
        },
        HelperImplementation(.mapUpdateElement) { map, key, value, flags, _, state in
            let update = unsafe functions(map).pointee.update
            return unsafe UInt64(bitPattern: update(pointer(map), pointer(key), pointer(value), flags, worker(state)))
        },
        HelperImplementation(.mapDeleteElement) { map, key, _, _, _, state in
            let delete = unsafe functions(map).pointee.delete
            return unsafe UInt64(bitPattern: delete(pointer(map), pointer(key), worker(state)))
        },
        HelperImplementation(.mapPushElement) { map, value, flags, _, _, state in
            let push = unsafe functions(map).pointee.push
            return unsafe UInt64(bitPattern: push(pointer(map), pointer(value), flags, worker(state)))
        },
        HelperImplementation(.mapPopElement) { map, value, _, _, _, state in
            let pop = unsafe functions(map).pointee.pop
            return unsafe UInt64(bitPattern: pop(pointer(map), pointer(value), worker(state)))
        },
        HelperImplementation(.mapPeekElement) { map, value, _, _, _, state in
            let peek = unsafe functions(map).pointee.peek
            return unsafe UInt64(bitPattern: peek(pointer(map), pointer(value), worker(state)))
        },
        HelperImplementation(.mapLookupPerCPUElement) { map, key, worker, _, _, _ in
            mapLookup(map, key, UInt32(truncatingIfNeeded: worker))
        },
        HelperImplementation(.spinLock) { lock, _, _, _, _, _ in
            unsafe SpinLock.lock(pointer(lock))
            return 0
        },
        HelperImplementation(.spinUnlock) { lock, _, _, _, _, _ in
            unsafe SpinLock.unlock(pointer(lock))
            return 0
        },
    ]

    @inline(__always)
    private static func functions(_ map: UInt64) -> UnsafeMutablePointer<MapFunctions> {
        unsafe pointer(map).assumingMemoryBound(to: MapFunctions.self)
    }

    @inline(__always)
    private static func worker(_ state: UnsafeMutableRawPointer) -> UInt32 { unsafe machine(state).pointee.workerID }

    @inline(__always)
    static func mapLookup(_ map: UInt64, _ key: UInt64, _ worker: UInt32) -> UInt64 {
        let lookup = unsafe functions(map).pointee.lookup
        return unsafe UInt64(UInt(bitPattern: lookup(pointer(map), pointer(key), worker)))
    }
}
