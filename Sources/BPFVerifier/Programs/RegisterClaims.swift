import BPFModel

/// What a proof claims of the registers before every instruction, for tests to hold runs against.
///
/// A run may only be in states that the proof went over: at every instruction, the registers must be within the
/// claims of one of them. Recording takes memory for each instruction that is processed.
package struct RegisterClaims: Sendable {
    /// What is claimed of one register.
    package enum Claim: Hashable, Sendable {
        /// Nothing: the register isn't read any more, or there is no telling its address.
        case none
        /// A number.
        case number(ScalarRange)
        /// An address: so many bytes past the base, plus a number within the range.
        case address(Base, offset: Int64, ScalarRange)
    }

    /// What an address is counted from.
    package enum Base: Hashable, Sendable {
        case context, memory, packetEnd
        /// The frame pointer of a function of the chain; the main program's is 0.
        case frame(Int)
        /// The packet, of which that many bytes are there counted from its start plus the variable part.
        case packet(extent: Int64)
    }

    /// For each instruction, the states it was gone over from: the claims of `r0` through `r9`.
    private var states: [[[Claim]]]

    init(count: Int) { states = Array(repeating: [], count: count) }

    /// The states an instruction was gone over from; empty where no path leads to it.
    package subscript(index: Int) -> [[Claim]] { states[index] }

    mutating func record(_ state: MachineState, at index: Int, live: UInt16) {
        states[index].append(
            (0..<10).map { number in
                live & (1 << UInt16(number)) == 0 ? .none : Claim(state.frame[number: number])
            })
    }
}

extension RegisterClaims.Claim {
    fileprivate init(_ register: RegisterState) {
        let base: RegisterClaims.Base
        switch register.kind {
        case .scalar:
            self = .number(register.range)
            return
        case .context: base = .context
        case .stack: base = .frame(Int(register.frame))
        case .packet: base = .packet(extent: Int64(register.extent))
        case .packetEnd: base = .packetEnd
        case .memory: base = .memory
        case .uninitialized, .packetMeta, .map, .mapValue, .mapValueOrNull, .mapKey, .mapOrNull, .record, .recordOrNull,
            .function:
            self = .none
            return
        }
        self = .address(base, offset: Int64(register.offset), register.range)
    }
}
