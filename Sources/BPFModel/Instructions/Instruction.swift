/// One instruction, decoded; it means what RFC 9669 says.
///
/// What the decoder gives can be encoded. A value put together by hand may name a combination that no opcode stands
/// for, such as a sign-extending load of a double word: ``isEncodable`` tells.
/// Jump and call offsets count 8-byte slots from the next instruction, as in the encoding; a 64-bit immediate
/// load takes two slots.
public enum Instruction: Hashable, Sendable {
    /// `destination = destination op source`.
    case alu(ALUOperation, Width, Register, Operand)
    /// `destination = -destination`.
    case negate(Width, Register)
    /// `destination = source`, sign-extended from the given width to the operation's.
    case moveSignExtended(SignExtendedWidth, Width, Register, Register)
    /// Reorders the bytes of a register.
    case byteSwap(ByteSwap, SwapWidth, Register)
    /// `destination = *(size *)(base + offset)`, zero-extended, or sign-extended where asked (not for `double`).
    case load(MemorySize, signExtended: Bool, Register, base: Register, offset: Int16)
    /// `*(size *)(base + offset) = source`; an immediate is sign-extended.
    case store(MemorySize, base: Register, offset: Int16, Operand)
    /// An atomic operation on a word or double word of memory.
    case atomic(AtomicOperation, Width, base: Register, offset: Int16, source: Register)
    /// `destination = load_acquire((size *)(base + offset))`.
    case loadAcquire(MemorySize, Register, base: Register, offset: Int16)
    /// `store_release((size *)(base + offset), source)`.
    case storeRelease(MemorySize, base: Register, offset: Int16, source: Register)
    /// `destination = immediate`, in two slots.
    case loadWide(Register, WideImmediate)
    /// Legacy: `r0 =` bytes of the packet in network order (byte, half or word); the context is in `r6`.
    case loadPacket(MemorySize, PacketOffset)
    /// Jumps always. A short jump's offset has 16 bits.
    case jump(Int16)
    /// Jumps always, with a 32-bit offset (`gotol`).
    case longJump(Int32)
    /// Jumps where the comparison of register and operand holds.
    case branch(BranchCondition, Width, Register, Operand, offset: Int16)
    /// Calls a function; arguments in `r1`–`r5`, result in `r0`.
    case call(CallTarget)
    /// Returns `r0` from the function or the program.
    case exit

    /// How many 8-byte slots the instruction takes: 2 for a 64-bit immediate load, else 1.
    @inlinable public var slotCount: Int {
        if case .loadWide = self { 2 } else { 1 }
    }

    /// The offset in slots of the jump, for instructions that jump inside their function.
    public var jumpOffset: Int32? {
        switch self {
        case .jump(let offset), .branch(_, _, _, _, let offset): Int32(offset)
        case .longJump(let offset): offset
        case .alu, .negate, .moveSignExtended, .byteSwap, .load, .store, .atomic, .loadAcquire, .storeRelease,
            .loadWide, .loadPacket, .call, .exit:
            nil
        }
    }

    /// Whether control can go on to the next instruction.
    public var fallsThrough: Bool {
        switch self {
        case .jump, .longJump, .exit: false
        case .alu, .negate, .moveSignExtended, .byteSwap, .load, .store, .atomic, .loadAcquire, .storeRelease,
            .loadWide, .loadPacket, .branch, .call:
            true
        }
    }
}
