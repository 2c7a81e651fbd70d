import BPFMaps
import BPFModel

// The helpers that reach into maps.
extension HelperFunctions {
    static let maps: [HelperImplementation] = unsafe [
        HelperImplementation(.mapLookupElement) { map, key, _, _, _, _ in mapLookup(map, key) },
        HelperImplementation(.mapUpdateElement) { map, key, value, flags, _, _ in mapUpdate(map, key, value, flags) },
        HelperImplementation(.mapDeleteElement) { map, key, _, _, _, _ in mapDelete(map, key) },
    ]

    @inline(__always)
    private static func mapHeader(_ map: UInt64) -> UnsafeMutablePointer<MapHeader> {
        unsafe pointer(map).assumingMemoryBound(to: MapHeader.self)
    }

    @inline(__always)
    static func mapLookup(_ map: UInt64, _ key: UInt64) -> UInt64 {
        let header = unsafe pointer(map)
        let value = unsafe mapHeader(map).pointee.lookup(header, pointer(key))
        return UInt64(UInt(bitPattern: value))
    }

    private static func mapUpdate(_ map: UInt64, _ key: UInt64, _ value: UInt64, _ flags: UInt64) -> UInt64 {
        let header = unsafe pointer(map)
        let result = unsafe mapHeader(map).pointee.update(header, pointer(key), pointer(value), flags)
        return UInt64(bitPattern: result)
    }

    private static func mapDelete(_ map: UInt64, _ key: UInt64) -> UInt64 {
        let header = unsafe pointer(map)
        return unsafe UInt64(bitPattern: mapHeader(map).pointee.delete(header, pointer(key)))
    }
}
