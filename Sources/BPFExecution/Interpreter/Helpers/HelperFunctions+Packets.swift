import BPFModel

// The helpers that read and change packets.
extension HelperFunctions {
    static let packets: [HelperImplementation] = unsafe [
        HelperImplementation(.loadBytes) { _, offset, to, count, _, state in
            unsafe loadBytes(machine(state), offset, to, count)
        },
        HelperImplementation(.loadBytesRelative) { _, offset, to, count, header, state in
            unsafe loadBytes(machine(state), offset, to, count, from: header)
        },
    ]

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
