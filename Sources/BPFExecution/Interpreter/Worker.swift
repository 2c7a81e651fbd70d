import BPFMaps
public import BPFModel

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
    /// Says when runs are on that may find maps and programs in maps.
    lazy var mark = RunMark()

    /// What the worker's packets have in common; lengths and time stamps come with each packet.
    public var metadata = PacketMetadata()
    /// Takes the copies of packets that `bpf_clone_redirect` sends; an error is what the helper returns, negated.
    ///
    /// Where nobody takes them they are lost, and sent for the program: to every interface but 0, which never exists.
    public var onClone: ((PacketClone) -> Errno?)?
    /// The NUMA node that `bpf_get_numa_node_id` tells.
    public var numaNode: UInt32 {
        get { unsafe state.pointee.numaNode }
        set { unsafe state.pointee.numaNode = newValue }
    }

    /// Where packets lie that programs may make longer or shorter.
    let packetBuffer = PacketBuffer()

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
}
