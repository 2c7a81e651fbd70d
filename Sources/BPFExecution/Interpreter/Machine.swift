import BPFModel
import Synchronization

/// The registers and the packet of a run, and what operations do with them.
///
/// Everything is inlined into the interpreter's loop, where the pointers and the packet's bounds live in processor
/// registers. No function checks anything: the verifier did.
@safe struct Machine {
    private let state: UnsafeMutablePointer<MachineState>
    private var packet: UInt64 = 0
    private var packetLength: UInt64 = 0

    @inline(__always)
    init(_ state: UnsafeMutablePointer<MachineState>) {
        unsafe self.state = state
    }

    /// Makes ready for a run on a packet, with two arguments.
    @inline(__always)
    mutating func begin(packet: UInt64, length: UInt64, _ r1: UInt64, _ r2: UInt64) {
        self.packet = packet
        packetLength = length
        self[1] = r1
        self[2] = r2
        self[10] = unsafe state.pointee.stackTop
    }

    // MARK: Registers

    @inline(__always)
    subscript(register: Int) -> UInt64 {
        get { unsafe MachineState.registers(state)[register] }
        nonmutating set { unsafe MachineState.registers(state)[register] = newValue }
    }

    @inline(__always)
    func source(_ op: Cursor) -> UInt64 { self[op.source] }

    @inline(__always)
    func sourceWord(_ op: Cursor) -> UInt32 { UInt32(truncatingIfNeeded: self[op.source]) }

    @inline(__always)
    func double(_ op: Cursor, _ operand: UInt64, _ operation: (UInt64, UInt64) -> UInt64) {
        self[op.destination] = operation(self[op.destination], operand)
    }

    @inline(__always)
    func word(_ op: Cursor, _ operand: UInt32, _ operation: (UInt32, UInt32) -> UInt32) {
        self[op.destination] = UInt64(operation(UInt32(truncatingIfNeeded: self[op.destination]), operand))
    }

    /// Divides, as the model says: too long to be inlined, and slow by itself.
    @inline(__always)
    func divide(_ operation: ALUOperation, _ width: Width, _ op: Cursor, _ operand: UInt64) {
        self[op.destination] = Division.apply(operation, width, self[op.destination], operand)
    }

    @inline(__always)
    func move(_ from: SignExtendedWidth, _ width: Width, _ op: Cursor) {
        self[op.destination] = ALUOperation.mov.apply(0, from.apply(source(op)), width: width)
    }

    @inline(__always)
    func swap(_ width: SwapWidth, _ op: Cursor) {
        self[op.destination] = ByteSwap.swap.apply(self[op.destination], width: width)
    }

    // MARK: Comparisons

    @inline(__always)
    func branch64(_ op: inout Cursor, _ operand: UInt64, _ holds: (UInt64, UInt64) -> Bool) {
        if holds(self[op.destination], operand) { op.jump() }
    }

    @inline(__always)
    func branch32(_ op: inout Cursor, _ operand: UInt32, _ holds: (UInt32, UInt32) -> Bool) {
        if holds(UInt32(truncatingIfNeeded: self[op.destination]), operand) { op.jump() }
    }

    @inline(__always)
    func signedBranch64(_ op: inout Cursor, _ operand: UInt64, _ holds: (Int64, Int64) -> Bool) {
        if holds(Int64(bitPattern: self[op.destination]), Int64(bitPattern: operand)) { op.jump() }
    }

    @inline(__always)
    func signedBranch32(_ op: inout Cursor, _ operand: UInt32, _ holds: (Int32, Int32) -> Bool) {
        if holds(Int32(truncatingIfNeeded: self[op.destination]), Int32(bitPattern: operand)) { op.jump() }
    }

    // MARK: Memory

    @inline(__always)
    private func pointer(_ base: Int, _ op: Cursor) -> UnsafeMutableRawPointer {
        unsafe Self.pointer(self[base], op.offset)
    }

    @inline(__always)
    private static func pointer(_ address: UInt64, _ offset: Int32) -> UnsafeMutableRawPointer {
        unsafe HelperFunctions.pointer(address &+ UInt64(bitPattern: Int64(offset)))
    }

    @inline(__always)
    func load<Word: FixedWidthInteger & BitwiseCopyable>(_: Word.Type, at address: UInt64, _ offset: Int32) -> Word {
        unsafe Self.pointer(address, offset).loadUnaligned(as: Word.self)
    }

    @inline(__always)
    func store<Word: FixedWidthInteger & BitwiseCopyable>(
        _: Word.Type, at address: UInt64, _ offset: Int32, _ value: UInt64
    ) {
        unsafe Self.pointer(address, offset).storeBytes(of: Word(truncatingIfNeeded: value), as: Word.self)
    }

    @inline(__always)
    func load<Word: FixedWidthInteger & BitwiseCopyable>(_: Word.Type, _ op: Cursor) {
        self[op.destination] = UInt64(truncatingIfNeeded: load(Word.self, at: source(op), op.offset))
    }

    @inline(__always)
    func store<Word: FixedWidthInteger & BitwiseCopyable>(_: Word.Type, _ op: Cursor, _ value: UInt64) {
        store(Word.self, at: self[op.destination], op.offset, value)
    }

    // MARK: Packet loads

    /// Packet bytes in host order, or nil where the packet has none there.
    @inline(__always)
    func packetWord<Word: FixedWidthInteger & BitwiseCopyable>(_: Word.Type, at offset: UInt64) -> Word? {
        guard offset &+ UInt64(MemoryLayout<Word>.size) <= packetLength else { return nil }
        let pointer = unsafe HelperFunctions.pointer(packet &+ offset)
        return unsafe Word(bigEndian: pointer.loadUnaligned(as: Word.self))
    }

    /// Loads from the offset in the upper half of the immediate; false where the packet has no bytes there.
    @inline(__always)
    func loadPacket<Word: FixedWidthInteger & UnsignedInteger & BitwiseCopyable>(_: Word.Type, _ op: Cursor) -> Bool {
        let offset = UInt64(UInt32(bitPattern: op.upperHalf))
        guard let word = packetWord(Word.self, at: offset) else { return false }
        self[0] = UInt64(word)
        return true
    }

    /// The same, with a register added to the offset, on 32 bits.
    @inline(__always)
    func loadPacketIndirect<Word: FixedWidthInteger & UnsignedInteger & BitwiseCopyable>(
        _: Word.Type, _ op: Cursor
    ) -> Bool {
        let offset = Int32(truncatingIfNeeded: source(op)) &+ op.upperHalf
        if offset < 0 {
            return unsafe PacketLoads.loadAnywhere(state, offset, MemoryLayout<Word>.size)
        }
        guard let word = packetWord(Word.self, at: UInt64(UInt32(bitPattern: offset))) else { return false }
        self[0] = UInt64(word)
        return true
    }

    @inline(__always)
    func comparePacket<Word: FixedWidthInteger & UnsignedInteger & BitwiseCopyable>(
        _: Word.Type, _ op: inout Cursor, _ holds: (UInt32, UInt32) -> Bool
    ) -> Bool {
        guard loadPacket(Word.self, op) else { return false }
        if holds(UInt32(truncatingIfNeeded: self[0]), op.lowerHalf) { op.jump() }
        return true
    }

    @inline(__always)
    func compareIndirect<Word: FixedWidthInteger & UnsignedInteger & BitwiseCopyable>(
        _: Word.Type, _ op: inout Cursor, _ holds: (UInt32, UInt32) -> Bool
    ) -> Bool {
        guard loadPacketIndirect(Word.self, op) else { return false }
        if holds(UInt32(truncatingIfNeeded: self[0]), op.lowerHalf) { op.jump() }
        return true
    }

    /// Loads a byte, masks and shifts it, as header lengths are found; the result goes to a second register too.
    @inline(__always)
    func loadMasked(_ op: Cursor) -> Bool {
        guard let byte = packetWord(UInt8.self, at: UInt64(UInt32(bitPattern: op.upperHalf))) else { return false }
        let value = UInt64((UInt32(byte) & op.lowerHalf) &<< UInt32(op.auxiliary))
        self[0] = value
        self[op.destination] = value
        return true
    }

    @inline(__always)
    func loadPacketAnywhere(_ op: Cursor, _ offset: Int32) -> Bool {
        unsafe PacketLoads.loadAnywhere(state, offset, op.auxiliary)
    }

    // MARK: Calls

    @inline(__always)
    func call(_ op: Cursor) {
        let helper = unsafe unsafeBitCast(op.immediate, to: HelperFunction.self)
        self[0] = unsafe helper(self[1], self[2], self[3], self[4], self[5], UnsafeMutableRawPointer(state))
    }

    @inline(__always)
    func callLookup() { self[0] = unsafe HelperFunctions.mapLookup(self[1], self[2], state.pointee.workerID) }

    @inline(__always)
    func enter(_ op: inout Cursor) {
        unsafe LocalCalls.save(state, op.pointer)
        op.jump()
    }

    /// Goes where a detour leads.
    @inline(__always)
    func detour(_ op: inout Cursor) {
        let function = unsafe unsafeBitCast(op.immediate, to: DetourFunction.self)
        op = unsafe Cursor(function(UnsafeMutableRawPointer(state), op.pointer))
    }

    /// Returns from a function; true where it was the main one.
    @inline(__always)
    func leave(_ op: inout Cursor) -> Bool {
        if unsafe state.pointee.depth == 0 { return true }
        op = unsafe Cursor(LocalCalls.restore(state))
        return false
    }
}

// MARK: Atomic operations

extension Machine {
    @inline(__always)
    private func atomic32(_ op: Cursor) -> UnsafeMutablePointer<Atomic<UInt32>> {
        unsafe pointer(op.destination, op).assumingMemoryBound(to: Atomic<UInt32>.self)
    }

    @inline(__always)
    private func atomic64(_ op: Cursor) -> UnsafeMutablePointer<Atomic<UInt64>> {
        unsafe pointer(op.destination, op).assumingMemoryBound(to: Atomic<UInt64>.self)
    }

    @inline(__always)
    func modify32(_ combination: AtomicOperation.Combination, _ op: Cursor, fetch: Bool) {
        let operand = UInt32(truncatingIfNeeded: source(op))
        let target = unsafe atomic32(op)
        let old =
            switch combination {
            case .add: unsafe target.pointee.wrappingAdd(operand, ordering: .sequentiallyConsistent).oldValue
            case .or: unsafe target.pointee.bitwiseOr(operand, ordering: .sequentiallyConsistent).oldValue
            case .and: unsafe target.pointee.bitwiseAnd(operand, ordering: .sequentiallyConsistent).oldValue
            case .xor: unsafe target.pointee.bitwiseXor(operand, ordering: .sequentiallyConsistent).oldValue
            }
        if fetch { self[op.source] = UInt64(old) }
    }

    @inline(__always)
    func modify64(_ combination: AtomicOperation.Combination, _ op: Cursor, fetch: Bool) {
        let operand = source(op)
        let target = unsafe atomic64(op)
        let old =
            switch combination {
            case .add: unsafe target.pointee.wrappingAdd(operand, ordering: .sequentiallyConsistent).oldValue
            case .or: unsafe target.pointee.bitwiseOr(operand, ordering: .sequentiallyConsistent).oldValue
            case .and: unsafe target.pointee.bitwiseAnd(operand, ordering: .sequentiallyConsistent).oldValue
            case .xor: unsafe target.pointee.bitwiseXor(operand, ordering: .sequentiallyConsistent).oldValue
            }
        if fetch { self[op.source] = old }
    }

    @inline(__always)
    func exchange32(_ op: Cursor) {
        let old = unsafe atomic32(op).pointee.exchange(
            UInt32(truncatingIfNeeded: source(op)), ordering: .sequentiallyConsistent)
        self[op.source] = UInt64(old)
    }

    @inline(__always)
    func exchange64(_ op: Cursor) {
        self[op.source] = unsafe atomic64(op).pointee.exchange(source(op), ordering: .sequentiallyConsistent)
    }

    @inline(__always)
    func compareExchange32(_ op: Cursor) {
        let result = unsafe atomic32(op).pointee.compareExchange(
            expected: UInt32(truncatingIfNeeded: self[0]), desired: UInt32(truncatingIfNeeded: source(op)),
            ordering: .sequentiallyConsistent)
        self[0] = UInt64(result.original)
    }

    @inline(__always)
    func compareExchange64(_ op: Cursor) {
        let result = unsafe atomic64(op).pointee.compareExchange(
            expected: self[0], desired: source(op), ordering: .sequentiallyConsistent)
        self[0] = result.original
    }

    @inline(__always)
    func loadAcquire<Word: FixedWidthInteger & BitwiseCopyable>(_: Word.Type, _ op: Cursor) {
        load(Word.self, op)
        atomicMemoryFence(ordering: .acquiring)
    }

    @inline(__always)
    func storeRelease<Word: FixedWidthInteger & BitwiseCopyable>(_: Word.Type, _ op: Cursor) {
        atomicMemoryFence(ordering: .releasing)
        store(Word.self, op, source(op))
    }
}
