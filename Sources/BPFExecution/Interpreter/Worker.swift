import BPFModel

/// The state of one thread that runs programs: registers, stack, context, clock and random numbers.
///
/// Programs are shared by threads, workers aren't: each thread makes its own and passes it to every run. What it
/// gives programs depends only on its own settings and on the packets, so equal runs give equal results.
///
/// Invariant: the four allocations live as long as the worker, and `state` points to the other three.
@safe public final class Worker {
    let state: UnsafeMutablePointer<MachineState>
    private let frames: UnsafeMutablePointer<SavedFrame>
    private let turns: UnsafeMutablePointer<CallbackTurns>
    private let stack: UnsafeMutableRawPointer
    var event = EventBuffer()

    /// What the worker's packets have in common; lengths and time stamps come with each packet.
    public var metadata = PacketMetadata()
    /// Why the reference engine stopped the last run; nil where the run ended by itself.
    public internal(set) var fault: Fault?
    /// The most instructions the reference engine runs for one packet.
    public var budget = ProgramLimits.slots
    /// Gets the lines that programs write with `bpf_trace_printk`, on the thread that runs them; nil drops them.
    public var trace: ((TraceLine) -> Void)?

    /// Sees the registers before every instruction the reference engine runs, which it counts from 0.
    package var observer: ((_ instruction: Int, _ registers: [UInt64]) -> Void)?

    /// Makes a worker.
    ///
    /// - Parameters:
    ///   - id: what `bpf_get_smp_processor_id` tells.
    ///   - clock: what `bpf_ktime_get_ns` tells.
    ///   - seed: where the sequence of `bpf_get_prandom_u32` starts.
    public init(id: UInt32 = 0, clock: Clock = .packet, seed: UInt64 = 0) {
        unsafe state = .allocate(capacity: 1)
        unsafe frames = .allocate(capacity: MachineLimits.frames)
        unsafe turns = .allocate(capacity: MachineLimits.frames)
        // Left as it is: programs see of it only what they wrote, or what their functions cleared when they began.
        unsafe stack = .allocate(byteCount: MachineLimits.stackBytes, alignment: 64)
        let top = unsafe UInt64(UInt(bitPattern: stack + MachineLimits.stackBytes))
        unsafe state.initialize(
            to: MachineState(frames: frames, turns: turns, stackTop: top))
        unsafe state.pointee.workerID = id
        unsafe state.pointee.random = seed
        self.clock = clock
        setClock()
        unsafe state.pointee.worker = Unmanaged.passUnretained(self).toOpaque()
    }

    /// What `bpf_ktime_get_ns` tells.
    public var clock: Clock {
        didSet { setClock() }
    }

    private func setClock() {
        unsafe state.pointee.clockIsPacket = clock == .packet
        unsafe state.pointee.clockIsMonotonic = clock == .monotonic
        if case .fixed(let time) = clock { unsafe state.pointee.fixedTime = time }
    }

    /// Starts the sequence of random numbers again.
    public func seed(_ seed: UInt64) { unsafe state.pointee.random = seed }

    deinit {
        unsafe state.deallocate()
        unsafe frames.deallocate()
        unsafe turns.deallocate()
        unsafe stack.deallocate()
        event.deallocate()
    }
}

extension Worker {
    /// What `bpf_get_smp_processor_id` tells.
    public var id: UInt32 { unsafe state.pointee.workerID }

    /// The address of the context that programs get.
    var contextAddress: UInt64 {
        unsafe UInt64(UInt(bitPattern: UnsafeRawPointer(state) + MachineState.contextOffset))
    }

    /// The address past the stack.
    var stackTop: UInt64 { unsafe state.pointee.stackTop }

    /// The addresses of the packet's first byte and past its last.
    package var packetAddresses: (start: UInt64, end: UInt64) {
        unsafe (state.pointee.context.data, state.pointee.context.dataEnd)
    }

    /// Where the packet's network header begins, in bytes.
    var networkOffset: UInt64 { unsafe state.pointee.networkOffset }

    /// The bytes of a packet, to be changed.
    static func copy(_ packet: Span<UInt8>) -> [UInt8] {
        unsafe packet.withUnsafeBytes { unsafe [UInt8]($0) }
    }

    /// Calls `body` with the packet in the context.
    func withPacket<Result>(
        _ packet: Span<UInt8>, _ metadata: PacketMetadata, _ body: () -> Result
    ) -> Result {
        unsafe packet.withUnsafeBytes { bytes in
            unsafe bind(bytes, metadata)
            defer { forgetPacket() }
            return body()
        }
    }

    /// Calls `body` with the packet in the context, where programs may change it.
    func withMutablePacket<Result>(
        _ packet: inout [UInt8], _ metadata: PacketMetadata, _ body: () -> Result
    ) -> Result {
        unsafe packet.withUnsafeMutableBytes { bytes in
            unsafe bind(UnsafeRawBufferPointer(bytes), metadata)
            defer { forgetPacket() }
            return body()
        }
    }

    /// Calls `body` with the address of `memory`, which may change it.
    func withMemory<Result>(_ memory: inout [UInt8], _ body: (UInt64) -> Result) -> Result {
        unsafe memory.withUnsafeMutableBytes { bytes in
            unsafe body(bytes.isEmpty ? 0 : UInt64(UInt(bitPattern: bytes.baseAddress)))
        }
    }

    /// Leaves no address behind of a packet whose memory may be gone.
    func forgetPacket() {
        unsafe state.pointee.context.dataEnd = state.pointee.context.data
    }

    private func bind(_ bytes: UnsafeRawBufferPointer, _ metadata: PacketMetadata) {
        var image = ContextImage(metadata)
        // An empty packet may have no address; any address does where nothing can be read.
        let start = unsafe UInt64(UInt(bitPattern: bytes.baseAddress ?? UnsafeRawPointer(state)))
        image.data = start
        image.dataEnd = start &+ UInt64(bytes.count)
        image.dataMeta = start
        let length = metadata.originalLength ?? UInt32(truncatingIfNeeded: bytes.count)
        image.length = length
        image.wireLength = length
        if metadata.etherType == nil, bytes.count >= 14 {
            image.etherProtocol = unsafe UInt32(bytes.loadUnaligned(fromByteOffset: 12, as: UInt16.self))
        }
        unsafe state.pointee.context = image
        unsafe state.pointee.networkOffset = UInt64(metadata.networkOffset)
    }
}
