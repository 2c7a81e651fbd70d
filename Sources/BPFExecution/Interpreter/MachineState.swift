import BPFModel

/// Everything a running program and its helpers reach besides maps and packets, at a fixed place per worker.
///
/// The registers come first, so that one address serves for them and for the rest.
@unsafe struct MachineState {
    /// The registers, and more up to a power of two.
    var registers: InlineArray<16, UInt64> = .init(repeating: 0)
    var context = ContextImage()
    /// Where the network header begins, in bytes from the packet's start.
    var networkOffset: UInt64 = 0
    /// What helpers need to know of the packet.
    var packet = PacketState()
    /// What the time helper tells, unless `clockIsMonotonic`; with `clockIsPacket` the time stamp of the packet.
    var fixedTime: UInt64 = 0
    var clockIsPacket = true
    var clockIsMonotonic = false
    /// The state of the random helper.
    var random: UInt64 = 0
    /// What the processor helper tells.
    var workerID: UInt32 = 0
    /// The ``Worker`` this is the state of.
    var worker: UnsafeMutableRawPointer?
    /// What the NUMA helper tells.
    var numaNode: UInt32 = 0
    /// How many local functions are running, those of programs that tail-called in one of them included.
    var depth = 0
    /// How many tail calls the run has made.
    var tailCalls = 0
    var frames: UnsafeMutablePointer<SavedFrame>
    /// What a helper that calls a function again and again knows, by the depth it was called at.
    var turns: UnsafeMutablePointer<CallbackTurns>
    /// The frame pointer of the main function: the end of the stack.
    var stackTop: UInt64

    /// The registers of a state.
    @inline(__always)
    static func registers(_ state: UnsafeMutablePointer<MachineState>) -> UnsafeMutablePointer<UInt64> {
        unsafe UnsafeMutableRawPointer(state).assumingMemoryBound(to: UInt64.self)
    }

    /// Where the context is in the state, in bytes.
    static var contextOffset: Int { MemoryLayout<InlineArray<16, UInt64>>.stride }
}

/// What a call of a local function keeps for the return.
@unsafe struct SavedFrame {
    var returnTo: UnsafeRawPointer
    var r6: UInt64
    var r7: UInt64
    var r8: UInt64
    var r9: UInt64
    var framePointer: UInt64
}

/// The sizes of a machine's parts.
enum MachineLimits {
    /// The stack of one frame, in bytes; a verified program's chain of calls needs no more than one of them.
    static var frameBytes: Int { 512 }
    /// Frames in a chain of calls within one program.
    static var programFrames: Int { ProgramLimits.callDepth }
    /// Frames in all: a function that makes a tail call leaves its callers' frames behind.
    static var frames: Int { programFrames + ProgramLimits.tailCalls * (programFrames - 1) }
    /// All frames' stacks.
    static var stackBytes: Int { frameBytes * frames }
    /// Registers, a power of two so that none is out of range.
    static var registers: Int { 16 }
}
