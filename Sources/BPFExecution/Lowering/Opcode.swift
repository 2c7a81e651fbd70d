import BPFModel

/// What an operation of lowered code does: one case for each path through the interpreter, without payload.
///
/// Names end in the last operand, `I` for an immediate and `R` for a register. Fused cases, after the plain ones,
/// stand for several instructions.
enum Opcode: UInt8, CaseIterable {
    case add64I, sub64I, mul64I, div64I, or64I, and64I, lsh64I, rsh64I, mod64I, xor64I, mov64I, arsh64I, sdiv64I,
        smod64I
    case add64R, sub64R, mul64R, div64R, or64R, and64R, lsh64R, rsh64R, mod64R, xor64R, mov64R, arsh64R, sdiv64R,
        smod64R
    case add32I, sub32I, mul32I, div32I, or32I, and32I, lsh32I, rsh32I, mod32I, xor32I, mov32I, arsh32I, sdiv32I,
        smod32I
    case add32R, sub32R, mul32R, div32R, or32R, and32R, lsh32R, rsh32R, mod32R, xor32R, mov32R, arsh32R, sdiv32R,
        smod32R
    case neg64, neg32
    case movs8to64, movs16to64, movs32to64, movs8to32, movs16to32
    case swap16, swap32, swap64, truncate16

    case load8, load16, load32, load64, loads8, loads16, loads32
    case store8R, store16R, store32R, store64R
    case store8I, store16I, store32I, store64I
    case atomicAdd32, atomicOr32, atomicAnd32, atomicXor32
    case atomicAdd64, atomicOr64, atomicAnd64, atomicXor64
    case fetchAdd32, fetchOr32, fetchAnd32, fetchXor32
    case fetchAdd64, fetchOr64, fetchAnd64, fetchXor64
    case exchange32, exchange64, compareExchange32, compareExchange64
    case loadAcquire8, loadAcquire16, loadAcquire32, loadAcquire64
    case storeRelease8, storeRelease16, storeRelease32, storeRelease64
    case packet8, packet16, packet32
    case packetIndirect8, packetIndirect16, packetIndirect32
    case packetAnywhere, packetIndirectAnywhere

    case equal64I, greater64I, greaterOrEqual64I, bitsSet64I, notEqual64I, less64I, lessOrEqual64I
    case signedGreater64I, signedGreaterOrEqual64I, signedLess64I, signedLessOrEqual64I
    case equal64R, greater64R, greaterOrEqual64R, bitsSet64R, notEqual64R, less64R, lessOrEqual64R
    case signedGreater64R, signedGreaterOrEqual64R, signedLess64R, signedLessOrEqual64R
    case equal32I, greater32I, greaterOrEqual32I, bitsSet32I, notEqual32I, less32I, lessOrEqual32I
    case signedGreater32I, signedGreaterOrEqual32I, signedLess32I, signedLessOrEqual32I
    case equal32R, greater32R, greaterOrEqual32R, bitsSet32R, notEqual32R, less32R, lessOrEqual32R
    case signedGreater32R, signedGreaterOrEqual32R, signedLess32R, signedLessOrEqual32R
    case jump, call, callLookup, callLocal, exit
    /// What the function in the immediate does, which also says where to go on.
    case detour

    /// `mov r0, immediate; exit`.
    case exitWith
    /// A packet load and a comparison of its value with an immediate.
    case packet8Equal, packet8NotEqual, packet8BitsSet, packet8Greater, packet8LessOrEqual
    case packet16Equal, packet16NotEqual, packet16BitsSet, packet16Greater, packet16LessOrEqual
    case packet32Equal, packet32NotEqual, packet32BitsSet, packet32Greater, packet32LessOrEqual
    case indirect8Equal, indirect8NotEqual, indirect8BitsSet
    case indirect16Equal, indirect16NotEqual, indirect16BitsSet, indirect16Greater, indirect16LessOrEqual
    case indirect32Equal, indirect32NotEqual
    /// `packet32`, `and32I`, and a comparison: whether an address is in a network.
    case packet32Masked, packet32MaskedEqual, packet32MaskedNotEqual
    /// Two comparisons of one register with constants, and one jump.
    case equalEither32, equalEither64
    /// `packet8`, `and32I`, and maybe `lsh32I` and `mov32R`: a header length.
    case packet8Masked
    /// `load16; be16` and `load32; be32`.
    case load16Swapped, load32Swapped
    /// A load, or a swapped one, and a comparison of its value with an immediate.
    case load8Equal, load8NotEqual, load16SwappedEqual, load16SwappedNotEqual, load32SwappedEqual, load32SwappedNotEqual
    case load32Equal, load32NotEqual
    /// `mov d, s; add d, immediate`, and the same with a jump where the sum is greater than a register.
    case lea, leaGreater
    /// Two `mov64R`, two `store32R` to the same base.
    case move2, store32Pair
    /// `load64; add64I` and `load64; add64R`, and both with a `store64R` to where the load was from.
    case load64AddI, load64AddR, addToMemoryI, addToMemoryR
}
