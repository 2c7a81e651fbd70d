import BPFMaps
import BPFModel

// The helpers that hand records to the host.
extension HelperFunctions {
    static let records: [HelperImplementation] = unsafe [
        HelperImplementation(.tracePrint) { format, size, first, second, third, state in
            unsafe tracePrint(machine(state), format, size, [first, second, third])
        },
        HelperImplementation(.perfEventOutput) { _, map, flags, data, size, state in
            unsafe perfEventOutput(machine(state), map, flags, data, size)
        },
        HelperImplementation(.ringBufferOutput) { map, data, size, flags, _, _ in
            ringBufferOutput(map, data, size, flags)
        },
        HelperImplementation(.ringBufferReserve) { map, size, flags, _, _, _ in
            guard flags == 0 else { return 0 }
            let record = unsafe RingWriter.reserve(RingHeader.ring(of: pointer(map)), size)
            return UInt64(UInt(bitPattern: record))
        },
        HelperImplementation(.ringBufferSubmit) { record, flags, _, _, _, _ in
            unsafe RingWriter.commit(pointer(record), flags, discard: false)
            return 0
        },
        HelperImplementation(.ringBufferDiscard) { record, flags, _, _, _, _ in
            unsafe RingWriter.commit(pointer(record), flags, discard: true)
            return 0
        },
        HelperImplementation(.ringBufferQuery) { map, what, _, _, _, _ in
            unsafe RingWriter.query(RingHeader.ring(of: pointer(map)), what)
        },
    ]

    /// The flags of `bpf_ringbuf_output`: whether to wake the reader.
    private static let wakeFlags: UInt64 = 3

    private static func ringBufferOutput(_ map: UInt64, _ data: UInt64, _ size: UInt64, _ flags: UInt64) -> UInt64 {
        guard flags & ~wakeFlags == 0 else { return Errno.invalid.helperResult }
        let ring = unsafe RingHeader.ring(of: pointer(map))
        let isWritten = unsafe RingWriter.write(ring, bytes(data, size), then: bytes(0, 0), flags)
        return isWritten ? 0 : Errno.tryAgain.helperResult
    }

    /// The parts of the flags of `bpf_perf_event_output`: the ring, and how much of the packet to add.
    private enum PerfFlags {
        static let index: UInt64 = 0xffff_ffff
        static let packetLength: UInt64 = 0xf_ffff << 32
    }

    private static func perfEventOutput(
        _ machine: UnsafeMutablePointer<MachineState>, _ map: UInt64, _ flags: UInt64, _ data: UInt64, _ size: UInt64
    ) -> UInt64 {
        guard flags & ~(PerfFlags.index | PerfFlags.packetLength) == 0 else { return Errno.invalid.helperResult }
        let packet = unsafe machine.pointee.context.data
        let length = (flags & PerfFlags.packetLength) >> 32
        guard unsafe length <= machine.pointee.context.dataEnd &- packet else { return Errno.fault.helperResult }
        let result = unsafe PerfWriter.write(
            pointer(map), index: UInt32(truncatingIfNeeded: flags), worker: machine.pointee.workerID,
            bytes(data, size), then: bytes(packet, length))
        return UInt64(bitPattern: result)
    }

    @inline(__always)
    private static func bytes(_ address: UInt64, _ count: UInt64) -> UnsafeRawBufferPointer {
        if count == 0 { return unsafe UnsafeRawBufferPointer(start: nil, count: 0) }
        return unsafe UnsafeRawBufferPointer(start: pointer(address), count: Int(truncatingIfNeeded: count))
    }

    private static func tracePrint(
        _ machine: UnsafeMutablePointer<MachineState>, _ format: UInt64, _ size: UInt64, _ arguments: [UInt64]
    ) -> UInt64 {
        let text: TraceFormat
        do throws(Errno) {
            text = try unsafe TraceFormat(Array(bytes(format, size)), arguments) { address, count in
                unsafe ProgramMemory.read(machine, address, count)
            }
        } catch {
            return error.helperResult
        }
        unsafe machine.pointee.worker.map { worker in
            unsafe Unmanaged<Worker>.fromOpaque(worker).takeUnretainedValue().write(text.text)
        }
        return UInt64(text.length)
    }
}

/// What a program may have the host read for it, at addresses of its own making.
private enum ProgramMemory {
    /// Up to `count` bytes from an address on, of the stack, the packet or a map; nil anywhere else.
    static func read(_ machine: UnsafeMutablePointer<MachineState>, _ address: UInt64, _ count: Int) -> [UInt8]? {
        let stackTop = unsafe machine.pointee.stackTop
        let stack = stackTop &- UInt64(MachineLimits.stackBytes)..<stackTop
        let packet = unsafe machine.pointee.context.data..<machine.pointee.context.dataEnd
        for range in [stack, packet] where range.contains(address) {
            let count = min(count, Int(range.upperBound &- address))
            return unsafe Array(UnsafeRawBufferPointer(start: HelperFunctions.pointer(address), count: count))
        }
        return MapRegions.read(address, count)
    }
}
