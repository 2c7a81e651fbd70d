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
    }

    private var mappings: [Mapping] = []
    private var maps: [Values] = []
    private let stackBase: UInt64
    /// Whether each byte of the stack was written.
    private var stackWritten = [Bool](repeating: false, count: MachineLimits.stackBytes)
    /// How many bytes of the stack, from its end down, belong to frames in use.
    var stackInUse = MachineLimits.frameBytes

    init(stackTop: UInt64) { stackBase = stackTop &- UInt64(MachineLimits.stackBytes) }

    mutating func add(_ kind: Fault.Area.Kind, base: UInt64, size: Int, writable: Bool) {
        mappings.append(Mapping(area: Fault.Area(kind: kind, base: base, size: size), writable: writable))
    }

    /// Takes a memory away that was added.
    mutating func remove(_ kind: Fault.Area.Kind, base: UInt64) {
        mappings.removeAll { $0.area.kind == kind && $0.area.base == base }
    }

    mutating func add(map number: Int32, _ values: MapValues, writable: Bool) {
        maps.append(Values(number: number, values: values, writable: writable))
    }

    /// Forgets the stack below the frames in use, and gives the frame that begins there no bytes of an earlier one.
    mutating func clearUnusedStack() {
        for index in 0..<(MachineLimits.stackBytes - stackInUse) { stackWritten[index] = false }
    }
}

extension GuestMemory {
    /// Writes zeros to the whole stack.
    mutating func zeroStack() {
        let stack = unsafe HelperFunctions.pointer(stackBase)
        unsafe stack.initializeMemory(as: UInt8.self, repeating: 0, count: MachineLimits.stackBytes)
        stackWritten = [Bool](repeating: true, count: MachineLimits.stackBytes)
    }
}

// MARK: Checks

extension GuestMemory {
    /// Checks that the bytes may be read.
    func checkReadable(_ address: UInt64, _ size: Int, frame: UInt64) throws(Fault.Reason) {
        let access = Fault.Access(write: false, address: address, size: size)
        let area = try locate(access)
        guard area.kind == .stack else { return }
        let start = Int(address &- stackBase)
        if stackWritten[start..<start + size].contains(false) {
            throw .uninitialisedStack(offset: Int(Int64(bitPattern: address &- frame)), size: size)
        }
    }

    /// Checks that the bytes may be written; they count as written from then on.
    mutating func checkWritable(_ address: UInt64, _ size: Int) throws(Fault.Reason) {
        let area = try locate(Fault.Access(write: true, address: address, size: size))
        guard area.kind == .stack else { return }
        let start = Int(address &- stackBase)
        for index in start..<start + size { stackWritten[index] = true }
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

    private var stackArea: Fault.Area {
        Fault.Area(
            kind: .stack, base: stackBase &+ UInt64(MachineLimits.stackBytes - stackInUse), size: stackInUse)
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

    /// Calls a helper whose arguments were checked; nil where it isn't implemented.
    func callHelper(_ id: Int32, _ arguments: [UInt64], _ worker: Worker) -> UInt64? {
        guard case .function(let entry)? = HelperFunctions.row(of: id)?.action, arguments.count == 5 else {
            return nil
        }
        return unsafe entry.function(
            arguments[0], arguments[1], arguments[2], arguments[3], arguments[4], UnsafeMutableRawPointer(worker.state))
    }
}
