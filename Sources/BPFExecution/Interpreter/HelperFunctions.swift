import BPFMaps
import BPFModel
import Glibc

/// A helper as programs call it: with `r1` to `r5` and the machine's state; the result goes to `r0`.
///
/// The first five arguments are where the C calling convention has them, so that native code calls it unchanged.
typealias HelperFunction =
    @convention(c) (UInt64, UInt64, UInt64, UInt64, UInt64, UnsafeMutableRawPointer) -> UInt64

/// The implementations of the helpers, one for every row of ``HelperPrototype``.
///
/// Both engines call these. They trust their arguments: the verifier, or the reference engine, has checked them.
enum HelperFunctions {
    /// The implementation of a helper, or nil where there is none.
    static func function(of id: Int32) -> HelperFunction? {
        switch id {
        case 1: { map, key, _, _, _, _ in HelperFunctions.mapLookup(map, key) }
        case 2: { map, key, value, flags, _, _ in HelperFunctions.mapUpdate(map, key, value, flags) }
        case 3: { map, key, _, _, _, _ in HelperFunctions.mapDelete(map, key) }
        case 5: { _, _, _, _, _, state in unsafe HelperFunctions.time(HelperFunctions.machine(state)) }
        case 7: { _, _, _, _, _, state in unsafe HelperFunctions.randomNumber(HelperFunctions.machine(state)) }
        case 8: { _, _, _, _, _, state in unsafe UInt64(HelperFunctions.machine(state).pointee.workerID) }
        case 26:
            { _, offset, to, count, _, state in
                unsafe HelperFunctions.loadBytes(HelperFunctions.machine(state), offset, to, count)
            }
        case 68:
            { _, offset, to, count, header, state in
                unsafe HelperFunctions.loadBytes(HelperFunctions.machine(state), offset, to, count, from: header)
            }
        default: nil
        }
    }

    @inline(__always)
    private static func machine(_ state: UnsafeMutableRawPointer) -> UnsafeMutablePointer<MachineState> {
        unsafe state.assumingMemoryBound(to: MachineState.self)
    }

    @inline(__always)
    static func pointer(_ address: UInt64) -> UnsafeMutableRawPointer {
        unsafe UnsafeMutableRawPointer(bitPattern: UInt(address)).unsafelyUnwrapped
    }
}

// MARK: Maps

extension HelperFunctions {
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

// MARK: Time and chance

extension HelperFunctions {
    private static func time(_ machine: UnsafeMutablePointer<MachineState>) -> UInt64 {
        if unsafe machine.pointee.clockIsPacket { return unsafe machine.pointee.context.timestamp }
        if unsafe machine.pointee.clockIsMonotonic { return monotonicTime() }
        return unsafe machine.pointee.fixedTime
    }

    private static func monotonicTime() -> UInt64 {
        var time = timespec()
        unsafe clock_gettime(CLOCK_MONOTONIC, &time)
        return UInt64(truncatingIfNeeded: time.tv_sec) &* 1_000_000_000 &+ UInt64(truncatingIfNeeded: time.tv_nsec)
    }

    /// SplitMix64, of which the upper half is used.
    private static func randomNumber(_ machine: UnsafeMutablePointer<MachineState>) -> UInt64 {
        unsafe machine.pointee.random &+= 0x9e37_79b9_7f4a_7c15
        var word = unsafe machine.pointee.random
        word = (word ^ (word &>> 30)) &* 0xbf58_476d_1ce4_e5b9
        word = (word ^ (word &>> 27)) &* 0x94d0_49bb_1331_11eb
        return (word ^ (word &>> 31)) &>> 32
    }
}

// MARK: Packet bytes

extension HelperFunctions {
    /// Where offsets of helper 68 count from, numbered as Linux's `enum bpf_hdr_start_off`.
    private enum HeaderStart: UInt32 {
        case link = 0
        case network = 1
    }

    private static func loadBytes(
        _ machine: UnsafeMutablePointer<MachineState>, _ offset: UInt64, _ to: UInt64, _ count: UInt64
    ) -> UInt64 {
        let offset = UInt32(truncatingIfNeeded: offset)
        guard offset <= UInt32(Int32.max) else { return zero(to, count) }
        return unsafe copy(machine, from: UInt64(offset), to, count)
    }

    private static func loadBytes(
        _ machine: UnsafeMutablePointer<MachineState>, _ offset: UInt64, _ to: UInt64, _ count: UInt64,
        from header: UInt64
    ) -> UInt64 {
        let offset = UInt32(truncatingIfNeeded: offset)
        guard offset <= 0xffff, let start = HeaderStart(rawValue: UInt32(truncatingIfNeeded: header)) else {
            return zero(to, count)
        }
        switch start {
        case .link: return unsafe copy(machine, from: UInt64(offset), to, count)
        case .network: return unsafe copy(machine, from: machine.pointee.networkOffset &+ UInt64(offset), to, count)
        }
    }

    @inline(__always)
    private static func copy(
        _ machine: UnsafeMutablePointer<MachineState>, from offset: UInt64, _ to: UInt64, _ count: UInt64
    ) -> UInt64 {
        let count = UInt64(UInt32(truncatingIfNeeded: count))
        let data = unsafe machine.pointee.context.data
        let length = unsafe machine.pointee.context.dataEnd &- data
        guard offset &+ count <= length else { return zero(to, count) }
        unsafe pointer(to).copyMemory(from: pointer(data &+ offset), byteCount: Int(count))
        return 0
    }

    /// A failed load leaves zeros, so that programs which don't look at the result see no old stack.
    private static func zero(_ to: UInt64, _ count: UInt64) -> UInt64 {
        let count = Int(UInt32(truncatingIfNeeded: count))
        unsafe pointer(to).initializeMemory(as: UInt8.self, repeating: 0, count: count)
        return Errno.fault.helperResult
    }
}
