import BPFModel

// The helpers that read and write packet bytes where they are.
extension HelperFunctions {
    static let packetBytes: [HelperImplementation] = unsafe [
        HelperImplementation(.loadBytes) { _, offset, to, count, _, state in
            unsafe loadBytes(PacketEditor(state), offset.word, to, count.word)
        },
        HelperImplementation(.loadBytesRelative) { _, offset, to, count, header, state in
            unsafe loadBytes(PacketEditor(state), offset.word, to, count.word, from: header.word)
        },
        HelperImplementation(.storeBytes) { _, offset, from, count, flags, state in
            unsafe attempt(state) { (packet) throws(Errno) in
                try storeBytes(packet, offset.word, from, count.word, StoreFlags(rawValue: flags))
            }
        },
        HelperImplementation(.pullData) { _, count, _, _, _, state in
            let packet = unsafe PacketEditor(state)
            return packet.holds(count.word == 0 ? packet.length : UInt64(count.word), at: 0)
                ? 0 : Errno.noMemory.helperResult
        },
        HelperImplementation(.bufferLength) { _, _, _, _, _, state in unsafe PacketEditor(state).length },
        HelperImplementation(.loadBufferBytes) { _, offset, to, count, _, state in
            unsafe attempt(state) { (packet) throws(Errno) in
                let (offset, count) = try frameRange(packet, offset.word, count.word)
                packet.read(to, count, at: offset)
            }
        },
        HelperImplementation(.storeBufferBytes) { _, offset, from, count, _, state in
            unsafe attempt(state) { (packet) throws(Errno) in
                let (offset, count) = try frameRange(packet, offset.word, count.word)
                packet.write(from, count, at: offset)
            }
        },
    ]

    /// What a helper returns that does something to a packet, or fails.
    static func attempt(
        _ state: UnsafeMutableRawPointer, _ body: (PacketEditor) throws(Errno) -> Void
    ) -> UInt64 {
        do { try body(unsafe PacketEditor(state)) } catch { return error.helperResult }
        return 0
    }

    // MARK: Socket buffers

    /// Where offsets of helper 68 count from, numbered as Linux's `enum bpf_hdr_start_off`.
    private enum HeaderStart: UInt32 {
        case link = 0
        case network = 1
    }

    /// How bytes are stored.
    ///
    /// Hosts compute no checksum over packets, so there is none to keep up to date.
    private struct StoreFlags: OptionSet {
        let rawValue: UInt64
        static let recomputesChecksum = StoreFlags(rawValue: 1)
        static let forgetsHash = StoreFlags(rawValue: 2)
        static let all: StoreFlags = [.recomputesChecksum, .forgetsHash]
    }

    private static func loadBytes(_ packet: PacketEditor, _ offset: UInt32, _ to: UInt64, _ count: UInt32) -> UInt64 {
        offset <= UInt32(Int32.max) ? copy(packet, from: UInt64(offset), to, UInt64(count)) : zero(to, count)
    }

    private static func loadBytes(
        _ packet: PacketEditor, _ offset: UInt32, _ to: UInt64, _ count: UInt32, from header: UInt32
    ) -> UInt64 {
        guard offset <= 0xffff, let start = HeaderStart(rawValue: header) else { return zero(to, count) }
        switch start {
        case .link: return copy(packet, from: UInt64(offset), to, UInt64(count))
        case .network: return copy(packet, from: packet.networkOffset &+ UInt64(offset), to, UInt64(count))
        }
    }

    private static func copy(_ packet: PacketEditor, from offset: UInt64, _ to: UInt64, _ count: UInt64) -> UInt64 {
        guard packet.holds(count, at: offset) else { return zero(to, UInt32(truncatingIfNeeded: count)) }
        packet.read(to, count, at: offset)
        return 0
    }

    /// A failed load leaves zeros, so that programs which don't look at the result see no old stack.
    private static func zero(_ to: UInt64, _ count: UInt32) -> UInt64 {
        PacketEditor.zero(to, UInt64(count))
        return Errno.fault.helperResult
    }

    private static func storeBytes(
        _ packet: PacketEditor, _ offset: UInt32, _ from: UInt64, _ count: UInt32, _ flags: StoreFlags
    ) throws(Errno) {
        guard StoreFlags.all.isSuperset(of: flags) else { throw .invalid }
        guard offset <= UInt32(Int32.max), packet.holds(UInt64(count), at: UInt64(offset)) else { throw .fault }
        packet.write(from, UInt64(count), at: UInt64(offset))
        if flags.contains(.forgetsHash) { packet.hash = 0 }
    }

    // MARK: XDP frames

    /// A range of bytes that must be in the packet.
    private static func frameRange(
        _ packet: PacketEditor, _ offset: UInt32, _ count: UInt32
    ) throws(Errno) -> (offset: UInt64, count: UInt64) {
        guard offset <= 0xffff, count <= 0xffff else { throw .fault }
        guard packet.holds(UInt64(count), at: UInt64(offset)) else { throw .invalid }
        return (UInt64(offset), UInt64(count))
    }
}

extension UInt64 {
    /// The lower half of a register, as helpers take 32-bit arguments.
    var word: UInt32 { UInt32(truncatingIfNeeded: self) }
    /// The lower half of a register, as helpers take signed 32-bit arguments.
    var signedWord: Int32 { Int32(truncatingIfNeeded: self) }
}
