import BPFModel

/// What the proof knows of a register or of a part of the stack.
public struct Known: Hashable, Sendable {
    /// Of what.
    public let place: Place
    /// In words, such as `packet+14, 20 bytes checked`.
    public let text: String
    /// What it holds, in a word such as `number`, `packet` or `map_value_or_null`.
    public let kind: String
    /// The fixed part of an address, in bytes.
    public let offset: Int
    /// The number, or what is added to an address besides the fixed part, as unsigned.
    public let unsigned: ClosedRange<UInt64>
    /// The same as signed.
    public let signed: ClosedRange<Int64>
    /// The bits of it that may be set.
    public let possibleBits: UInt64
    /// For an address in the packet, how many bytes from there without the fixed part are known to be there.
    public let checkedBytes: Int?
    /// For a map and its values, the map's number.
    public let map: Int32?
}

extension Known {
    /// Looks a place up in a state; nil where the state has no such function.
    init?(_ place: Place, in state: MachineState, of program: ProgramSpec) {
        guard place.frame < state.depth else { return nil }
        let frame = place.frame == state.callers.count ? state.frame : state.callers[place.frame]
        if let register = place.register {
            self.init(place, frame[register], text: program.namingMaps(in: frame[register].details))
        } else {
            let slot = place.slot.flatMap { $0 < frame.stack.count ? frame.stack[$0] : nil } ?? .uninitialized
            self.init(place, slot.holdsSpill ? slot.register : slot.summary, text: program.namingMaps(in: slot.details))
        }
    }

    private init(_ place: Place, _ state: RegisterState, text: String) {
        self.place = place
        self.text = text
        kind = state.kind.name
        offset = Int(state.offset)
        let wide = state.range.wide
        unsigned = min(wide.umin, wide.umax)...wide.umax
        signed = min(wide.smin, wide.smax)...wide.smax
        possibleBits = state.range.bits.highest
        checkedBytes = state.kind.isPacket ? Int(state.extent) : nil
        map = state.kind.namesMap ? state.extent : nil
    }
}

extension RegisterState {
    /// What messages say, and what only a path has room for.
    fileprivate var details: String {
        if kind.isPacket { return "\(self), \(extent) bytes checked" }
        guard kind == .scalar, range.constant == nil else { return description }
        // Bits say more than bounds where some below the highest are known to be 0.
        let bits = range.bits.highest
        return bits & (bits &+ 1) == 0 ? description : "\(self) with no bits but 0x\(String(bits, radix: 16))"
    }
}

extension RegisterState.Kind {
    fileprivate var namesMap: Bool {
        switch self {
        case .map, .mapValue, .mapValueOrNull, .mapKey, .mapOrNull: true
        case .uninitialized, .scalar, .context, .stack, .packet, .packetMeta, .packetEnd, .record, .recordOrNull,
            .function, .memory:
            false
        }
    }
}

extension StackSlot {
    /// What is known of bytes that hold no spilled register, as one.
    fileprivate var summary: RegisterState {
        isEntirely(.zero) ? .constant(0) : isEntirely(.uninitialized) ? .uninitialized : .unknown
    }

    fileprivate var details: String {
        if holdsSpill, spillSize == 8 { return register.details }
        var runs: [(count: Int, text: String)] = []
        var byte = 0
        while byte < 8 {
            let content = self[byte]
            let end = (byte..<8).first { self[$0] != content } ?? 8
            runs.append((end - byte, content == .spilled ? register.details : content.name))
            byte = end
        }
        if runs.count == 1 { return runs[0].text }
        return runs.map { "\($0.count) byte\($0.count == 1 ? "" : "s"): \($0.text)" }.joined(separator: ", ")
    }
}

extension StackSlot.Content {
    fileprivate var name: String {
        switch self {
        case .uninitialized: "uninitialised"
        case .unknown, .spilled: "a number (any)"
        case .zero: "the number 0"
        }
    }
}
