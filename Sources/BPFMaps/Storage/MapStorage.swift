import BPFModel
import Glibc
import Synchronization

/// A map's memory and the functions of its kind, behind calls that are safe for keys and values of the map's sizes.
///
/// Invariant: the region holds a ``MapHeader`` at its start, then the control words, then the entries, as the header
/// says; the header never changes after `init`.
///
/// `@unchecked Sendable` because the header is constant, control words and counts are atomics, and entries are
/// written under the writers' lock.
@safe final class MapStorage: @unchecked Sendable {
    private let region: Region
    private let map: UnsafeMutableRawPointer
    private let spec: MapSpec

    init(_ spec: MapSpec, _ geometry: MapGeometry, _ options: MapOptions) throws(MapError) {
        let entries = unsafe (MapHeader.reserved + geometry.controlSize + 63) & ~63
        let size = entries + geometry.entriesSize
        guard let region = Region(count: size, hugePages: options.hugePages) else { throw .noMemory(bytes: size) }
        self.region = region
        self.spec = spec
        unsafe map = region.base
        var header = unsafe Self.functions(of: spec, map)
        unsafe header.keySize = spec.keySize
        unsafe header.valueSize = spec.valueSize
        unsafe header.capacity = spec.maxEntries
        unsafe header.entries = map + entries
        unsafe header.stride = geometry.stride
        unsafe header.valueOffset = geometry.storedKeySize
        unsafe header.slots = geometry.slots
        unsafe header.control = map + MapHeader.reserved
        unsafe header.groups = UInt64(geometry.groups)
        unsafe header.seeds = HashSeeds(options.seed)
        unsafe MapHeader.at(map).initialize(to: header)
        if spec.type == .array { unsafe MapHeader.count(map).pointee.store(spec.maxEntries, ordering: .relaxed) }
    }

    var address: UInt64 { unsafe UInt64(UInt(bitPattern: map)) }

    var values: MapValues {
        let header = unsafe MapHeader.at(map)
        return unsafe MapValues(
            base: UInt64(UInt(bitPattern: header.pointee.entries + header.pointee.valueOffset)),
            stride: UInt64(header.pointee.stride), size: UInt64(spec.valueSize), slots: UInt64(header.pointee.slots))
    }

    var count: Int { unsafe MapHeader.count(map).pointee.load(ordering: .relaxed) }

    func value(of key: [UInt8]) -> [UInt8]? {
        locked {
            unsafe key.withUnsafeBytes { key in
                guard let address = key.baseAddress, let value = unsafe MapHeader.at(map).pointee.lookup(map, address)
                else { return nil }
                return unsafe bytes(value, spec.valueSize)
            }
        }
    }

    func update(_ key: [UInt8], _ value: [UInt8], _ flags: UInt64) -> Int64 {
        unsafe key.withUnsafeBytes { key in
            unsafe value.withUnsafeBytes { value in
                guard let key = key.baseAddress, let value = value.baseAddress else {
                    return Errno.invalid.returned
                }
                return unsafe MapHeader.at(map).pointee.update(map, key, value, flags)
            }
        }
    }

    func delete(_ key: [UInt8]) -> Int64 {
        unsafe key.withUnsafeBytes { key in
            guard let key = key.baseAddress else { return Errno.invalid.returned }
            return unsafe MapHeader.at(map).pointee.delete(map, key)
        }
    }

    func nextKey(after key: [UInt8]?) -> [UInt8]? {
        locked {
            let next = unsafe MapHeader.at(map).pointee.nextSlot(map, slot(of: key) &+ 1)
            return next < 0 ? nil : self.key(inSlot: next)
        }
    }

    func entries() -> MapEntries {
        locked {
            var result = MapEntries(keySize: spec.keySize, valueSize: spec.valueSize, capacity: count)
            let header = unsafe MapHeader.at(map)
            var slot = unsafe header.pointee.nextSlot(map, 0)
            while slot >= 0 {
                result.keys += key(inSlot: slot)
                let value = unsafe header.pointee.entries + slot &* header.pointee.stride + header.pointee.valueOffset
                unsafe result.values.append(contentsOf: UnsafeRawBufferPointer(start: value, count: spec.valueSize))
                slot = unsafe header.pointee.nextSlot(map, slot &+ 1)
            }
            return result
        }
    }

    private func locked<Result>(_ body: () -> Result) -> Result {
        unsafe WriterLock.lock(map)
        defer { unsafe WriterLock.unlock(map) }
        return body()
    }

    /// The slot of a key, or -1.
    private func slot(of key: [UInt8]?) -> Int {
        guard let key else { return -1 }
        return unsafe key.withUnsafeBytes { key in
            guard let address = key.baseAddress else { return -1 }
            return unsafe MapHeader.at(map).pointee.slot(map, address)
        }
    }

    private func key(inSlot slot: Int) -> [UInt8] {
        let header = unsafe MapHeader.at(map)
        switch spec.type {
        case .hash: return unsafe bytes(header.pointee.entries + slot &* header.pointee.stride, spec.keySize)
        case .array, .progArray, .perfEventArray, .percpuHash, .percpuArray, .stackTrace, .lruHash, .lruPercpuHash,
            .lpmTrie, .arrayOfMaps, .hashOfMaps, .devmap, .sockmap, .cpumap, .xskmap, .sockhash, .queue, .stack,
            .devmapHash, .ringbuf, .bloomFilter:
            return (0..<4).map { UInt8(truncatingIfNeeded: slot >> (8 * $0)) }
        }
    }

    private func bytes(_ address: UnsafeRawPointer, _ count: Int) -> [UInt8] {
        unsafe [UInt8](UnsafeRawBufferPointer(start: address, count: count))
    }
}

extension MapStorage {
    /// A header with the functions for the kind of map and the length of its keys; the rest is filled in later.
    private static func functions(of spec: MapSpec, _ map: UnsafeMutableRawPointer) -> MapHeader {
        switch spec.type {
        // Geometry has refused the kinds that aren't there yet.
        case .array, .progArray, .perfEventArray, .percpuHash, .percpuArray, .stackTrace, .lruHash, .lruPercpuHash,
            .lpmTrie, .arrayOfMaps, .hashOfMaps, .devmap, .sockmap, .cpumap, .xskmap, .sockhash, .queue, .stack,
            .devmapHash, .ringbuf, .bloomFilter:
            unsafe header(
                map, lookup: { unsafe ArrayTable.lookup($0, $1) }, update: { unsafe ArrayTable.update($0, $1, $2, $3) },
                delete: { unsafe ArrayTable.delete($0, $1) }, slot: { unsafe ArrayTable.slot($0, $1) },
                nextSlot: { unsafe ArrayTable.nextSlot($0, $1) })
        case .hash:
            switch spec.keySize {
            case 4:
                unsafe hashHeader(
                    map, lookup: { unsafe HashTable<Key4>.lookup($0, $1) },
                    update: { unsafe HashTable<Key4>.update($0, $1, $2, $3) },
                    delete: { unsafe HashTable<Key4>.delete($0, $1) }, slot: { unsafe HashTable<Key4>.slot($0, $1) })
            case 8:
                unsafe hashHeader(
                    map, lookup: { unsafe HashTable<Key8>.lookup($0, $1) },
                    update: { unsafe HashTable<Key8>.update($0, $1, $2, $3) },
                    delete: { unsafe HashTable<Key8>.delete($0, $1) }, slot: { unsafe HashTable<Key8>.slot($0, $1) })
            case 16:
                unsafe hashHeader(
                    map, lookup: { unsafe HashTable<Key16>.lookup($0, $1) },
                    update: { unsafe HashTable<Key16>.update($0, $1, $2, $3) },
                    delete: { unsafe HashTable<Key16>.delete($0, $1) }, slot: { unsafe HashTable<Key16>.slot($0, $1) })
            default:
                unsafe hashHeader(
                    map, lookup: { unsafe HashTable<KeyBytes>.lookup($0, $1) },
                    update: { unsafe HashTable<KeyBytes>.update($0, $1, $2, $3) },
                    delete: { unsafe HashTable<KeyBytes>.delete($0, $1) },
                    slot: { unsafe HashTable<KeyBytes>.slot($0, $1) })
            }
        }
    }

    private static func hashHeader(
        _ map: UnsafeMutableRawPointer, lookup: MapFunctions.Lookup, update: MapFunctions.Update,
        delete: MapFunctions.Delete, slot: MapFunctions.Slot
    ) -> MapHeader {
        unsafe header(
            map, lookup: lookup, update: update, delete: delete, slot: slot,
            nextSlot: { unsafe HashSlots.next($0, $1) })
    }

    private static func header(
        _ map: UnsafeMutableRawPointer, lookup: MapFunctions.Lookup, update: MapFunctions.Update,
        delete: MapFunctions.Delete, slot: MapFunctions.Slot, nextSlot: MapFunctions.NextSlot
    ) -> MapHeader {
        unsafe MapHeader(
            lookup: lookup, update: update, delete: delete, slot: slot, nextSlot: nextSlot, keySize: 0, valueSize: 0,
            capacity: 0, entries: map, stride: 0, valueOffset: 0, slots: 0, control: map, groups: 0,
            seeds: HashSeeds(0))
    }
}

extension HashSeeds {
    /// The seeds that follow from a number, or unguessable ones.
    init(_ seed: UInt64?) {
        var state = seed ?? UInt64.random(in: .min ... .max)
        func next() -> UInt64 {
            state &+= 0x9e37_79b9_7f4a_7c15
            var word = state
            word = (word ^ (word &>> 30)) &* 0xbf58_476d_1ce4_e5b9
            word = (word ^ (word &>> 27)) &* 0x94d0_49bb_1331_11eb
            return word ^ (word &>> 31)
        }
        first = next()
        second = next() | 1
    }
}

/// Lets another thread run.
func yieldProcessor() { sched_yield() }
