import BPFModel

/// Everything a running program and its helpers reach besides maps and packets, at a fixed place per worker.
///
/// The context image comes first: the address of the state is the address of the context.
@unsafe struct MachineState {
    var context = ContextImage()
    /// Where the network header begins, in bytes from the packet's start.
    var networkOffset: UInt64 = 0
    /// What the time helper tells, unless `clockIsMonotonic`; with `clockIsPacket` the time stamp of the packet.
    var fixedTime: UInt64 = 0
    var clockIsPacket = true
    var clockIsMonotonic = false
    /// The state of the random helper.
    var random: UInt64 = 0
    /// What the processor helper tells.
    var workerID: UInt32 = 0
    var registers: UnsafeMutablePointer<UInt64>
    var frames: UnsafeMutablePointer<SavedFrame>
    /// The frame pointer of the main function: the end of the stack.
    var stackTop: UInt64
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
    /// Frames in a chain of calls.
    static var frames: Int { 8 }
    /// All frames' stacks.
    static var stackBytes: Int { frameBytes * frames }
    /// Registers, a power of two so that none is out of range.
    static var registers: Int { 16 }
}
