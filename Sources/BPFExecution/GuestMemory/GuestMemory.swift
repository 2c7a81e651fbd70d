import BPFMaps
import BPFModel

/// The memories a program has, with every access checked: the reference engine's view of a worker.
///
/// Addresses are the machine's own, so that both engines give programs the same pointers. The areas are those of one
/// run; the caller keeps the packet and the maps alive meanwhile.
@safe struct GuestMemory {
    /// A memory and whether programs may write it.
    private struct Mapping {
        let area: Fault.Area
        let writable: Bool
    }

    /// A map's values.
    private struct Values {
        let number: Int32
        let values: MapValues
        let writable: Bool
        /// Where in a value its lock is.
        let spinLock: Int?
    }

    private var mappings: [Mapping] = []
    private var maps: [Values] = []
    private let stackTop: UInt64
    /// Whether each byte of the stack was written, by its distance from the stack's end; as far as frames were in use.
    private var stackWritten = [Bool](repeating: false, count: MachineLimits.frameBytes)
    /// How many bytes of the stack, from its end down, belong to frames in use.
    private var stackInUse = MachineLimits.frameBytes

    init(stackTop: UInt64) { self.stackTop = stackTop }

    mutating func add(_ kind: Fault.Area.Kind, base: UInt64, size: Int, writable: Bool) {
        mappings.append(Mapping(area: Fault.Area(kind: kind, base: base, size: size), writable: writable))
    }

    /// Takes a memory away that was added.
    mutating func remove(_ kind: Fault.Area.Kind, base: UInt64) {
        mappings.removeAll { $0.area.kind == kind && $0.area.base == base }
    }

    /// Takes all memories of a kind away.
    mutating func remove(_ kind: Fault.Area.Kind) {
        mappings.removeAll { $0.area.kind == kind }
    }

    mutating func add(map number: Int32, _ values: MapValues, writable: Bool, spinLock: Int?) {
        if maps.contains(where: { $0.values == values }) { return }
        maps.append(Values(number: number, values: values, writable: writable, spinLock: spinLock))
    }

    /// Lets a function read the key of the entry it is called for.
    mutating func pushKey(_ address: UInt64, size: Int) {
        add(.key, base: address, size: size, writable: false)
    }

    /// Forgets the last key.
    mutating func popKey() {
        if let index = mappings.lastIndex(where: { $0.area.kind == .key }) { mappings.remove(at: index) }
    }
}

// MARK: Stack

extension GuestMemory {
    /// Adds a frame below those in use, which nobody has written to.
    mutating func pushFrame() {
        stackInUse += MachineLimits.frameBytes
        stackWritten.append(contentsOf: repeatElement(false, count: max(0, stackInUse - stackWritten.count)))
        forgetFrame()
    }

    mutating func popFrame() { stackInUse -= MachineLimits.frameBytes }

    /// Makes the lowest frame one that nobody has written to.
    mutating func forgetFrame() {
        for distance in stackInUse - MachineLimits.frameBytes..<stackInUse { stackWritten[distance] = false }
    }

    /// Writes zeros to the lowest frame.
    mutating func zeroFrame() {
        let frame = unsafe HelperFunctions.pointer(stackTop &- UInt64(stackInUse))
        unsafe frame.initializeMemory(as: UInt8.self, repeating: 0, count: MachineLimits.frameBytes)
        for distance in stackInUse - MachineLimits.frameBytes..<stackInUse { stackWritten[distance] = true }
    }

    /// Whether an address may be one of the stack that was moved, as far as verified programs may move it.
    func mayBeStack(_ address: UInt64) -> Bool { stackTop &- address &+ 1 << 30 <= 1 << 31 }

    /// The distances from the stack's end of bytes that are in it.
    private func distances(_ address: UInt64, _ size: Int) -> Range<Int> {
        let end = Int(stackTop &- address)
        return end - size..<end
    }

    private var stackArea: Fault.Area {
        Fault.Area(kind: .stack, base: stackTop &- UInt64(stackInUse), size: stackInUse)
    }
}

// MARK: Checks

extension GuestMemory {
    /// Checks that the bytes may be read.
    func checkReadable(_ address: UInt64, _ size: Int, frame: UInt64) throws(Fault.Reason) {
        let access = Fault.Access(write: false, address: address, size: size)
        let area = try locate(access)
        guard area.kind == .stack else { return }
        if stackWritten[distances(address, size)].contains(false) {
            throw .uninitialisedStack(offset: Int(Int64(bitPattern: address &- frame)), size: size)
        }
    }

    /// Checks that the bytes may be written; they count as written from then on.
    mutating func checkWritable(_ address: UInt64, _ size: Int) throws(Fault.Reason) {
        let area = try locate(Fault.Access(write: true, address: address, size: size))
        guard area.kind == .stack else { return }
        for distance in distances(address, size) { stackWritten[distance] = true }
    }

    /// Whether an address is that of the lock in a map's value.
    func isSpinLock(_ address: UInt64) -> Bool {
        maps.contains { map in
            map.spinLock != nil && map.values.offset(of: address) == map.spinLock.map(UInt64.init)
        }
    }

    private func locate(_ access: Fault.Access) throws(Fault.Reason) -> Fault.Area {
        if Self.contains(stackArea, access) { return stackArea }
        for mapping in mappings where Self.contains(mapping.area, access) {
            if access.write, !mapping.writable { throw .readOnlyMemory(access, mapping.area) }
            return mapping.area
        }
        for map in maps {
            guard let area = Self.value(map, access), Self.contains(area, access) else { continue }
            if access.write, !map.writable { throw .readOnlyMemory(access, area) }
            return area
        }
        throw .outOfBounds(access, near: nearest(access))
    }

    private static func value(_ map: Values, _ access: Fault.Access) -> Fault.Area? {
        guard let offset = map.values.offset(of: access.address) else { return nil }
        return Fault.Area(kind: .map(map.number), base: access.address &- offset, size: Int(map.values.size))
    }

    private static func contains(_ area: Fault.Area, _ access: Fault.Access) -> Bool {
        let offset = access.address &- area.base
        return offset <= UInt64(area.size) && UInt64(access.size) <= UInt64(area.size) &- offset
    }

    /// The memory that begins or ends next to the access, where one does within 64 KiB.
    private func nearest(_ access: Fault.Access) -> Fault.Area? {
        let areas = [stackArea] + mappings.map(\.area) + maps.compactMap { Self.value($0, access) }
        let distances = areas.map { area in
            let offset = Int64(bitPattern: access.address &- area.base)
            return offset < 0 ? offset.magnitude : UInt64(max(0, offset - Int64(area.size)))
        }
        guard let least = distances.min(), least < 65536 else { return nil }
        return distances.firstIndex(of: least).map { areas[$0] }
    }
}

// MARK: Accesses, after their checks

extension GuestMemory {
    /// The number at an address that was checked.
    func load(_ address: UInt64, _ size: MemorySize) -> UInt64 {
        let pointer = unsafe UnsafeRawPointer(HelperFunctions.pointer(address))
        return switch size {
        case .byte: unsafe UInt64(pointer.load(as: UInt8.self))
        case .half: unsafe UInt64(pointer.loadUnaligned(as: UInt16.self))
        case .word: unsafe UInt64(pointer.loadUnaligned(as: UInt32.self))
        case .double: unsafe pointer.loadUnaligned(as: UInt64.self)
        }
    }

    /// Writes the low bytes of `value` to an address that was checked.
    func store(_ address: UInt64, _ size: MemorySize, _ value: UInt64) {
        let pointer = unsafe HelperFunctions.pointer(address)
        switch size {
        case .byte: unsafe pointer.storeBytes(of: UInt8(truncatingIfNeeded: value), as: UInt8.self)
        case .half: unsafe pointer.storeBytes(of: UInt16(truncatingIfNeeded: value), as: UInt16.self)
        case .word: unsafe pointer.storeBytes(of: UInt32(truncatingIfNeeded: value), as: UInt32.self)
        case .double: unsafe pointer.storeBytes(of: value, as: UInt64.self)
        }
    }

    /// Calls a helper whose arguments were checked.
    func call(_ helper: HelperEntry, _ arguments: [UInt64], _ worker: Worker) -> UInt64 {
        guard arguments.count == 5 else { return Errno.invalid.helperResult }
        return unsafe helper.function(
            arguments[0], arguments[1], arguments[2], arguments[3], arguments[4], UnsafeMutableRawPointer(worker.state))
    }
}
