import BPFExecution
import BPFModel

/// A packet with its context, to be tried.
struct Candidate: Hashable {
    var packet = [UInt8](repeating: 0, count: 64)
    var metadata = PacketMetadata()
    /// Where the program's random numbers start.
    var seed: UInt64 = 0
    /// What is in the program's maps beforehand, with values of zeros.
    var entries: Set<Counterexample.Entry> = []

    /// Something a program can look at.
    enum Input: Hashable {
        case bytes(offset: Int, size: Int)
        case field(ContextField.ID)
        case randomNumber
        /// Whether a map has a key: 1 or 0.
        case entry(Counterexample.Entry)

        var isEntry: Bool {
            switch self {
            case .entry: true
            case .bytes, .field, .randomNumber: false
            }
        }
    }

    /// What an input holds, as a load of a little-endian machine gives it; nil where there is no such input.
    func value(of input: Input) -> UInt64? {
        switch input {
        case .bytes(let offset, let size):
            guard offset >= 0, offset + size <= packet.count else { return nil }
            return packet[offset..<(offset + size)].reversed().reduce(0) { $0 << 8 | UInt64($1) }
        case .field(let field):
            return PacketMetadata.number(of: field).map { UInt64(metadata[keyPath: $0]) }
                ?? (field == .length || field == .wireLength
                    ? UInt64(metadata.originalLength ?? UInt32(packet.count)) : nil)
        case .randomNumber: return seed
        case .entry(let entry): return entries.contains(entry) ? 1 : 0
        }
    }

    /// The same with another value of an input; nil where that can't be.
    func setting(_ input: Input, to value: UInt64) -> Candidate? {
        var result = self
        switch input {
        case .bytes(let offset, let size):
            guard offset >= 0, offset + size <= packet.count else { return nil }
            for byte in 0..<size { result.packet[offset + byte] = UInt8(truncatingIfNeeded: value >> UInt64(8 * byte)) }
        case .field(let field):
            if let number = PacketMetadata.number(of: field) {
                result.metadata[keyPath: number] = UInt32(truncatingIfNeeded: value)
            } else if field == .length || field == .wireLength, let length = UInt32(exactly: value) {
                // Captures don't hold packets that were shorter than what is left of them.
                result.metadata.originalLength = max(length, UInt32(packet.count))
            } else {
                return nil
            }
        case .randomNumber: result.seed = value
        case .entry(let entry):
            if value == 0 { result.entries.remove(entry) } else { result.entries.insert(entry) }
        }
        return result == self ? nil : result
    }

    /// The same with another length; nil where that can't be.
    func resized(to length: Int) -> Candidate? {
        guard (0...0xffff).contains(length), length != packet.count else { return nil }
        var result = self
        result.packet = Array(packet.prefix(length)) + [UInt8](repeating: 0, count: max(0, length - packet.count))
        if let original = metadata.originalLength { result.metadata.originalLength = max(original, UInt32(length)) }
        return result
    }

    /// The same with one to three inputs, or the length, changed at random.
    func changed(at inputs: [Input], by random: inout RandomNumbers) -> Candidate {
        var result = self
        for _ in 0..<Int.random(in: 1...3, using: &random) {
            if inputs.isEmpty || Int.random(in: 0..<4, using: &random) == 0 {
                result = result.resized(to: Int.random(in: 0...128, using: &random)) ?? result
            } else if let input = inputs.randomElement(using: &random) {
                let value = random.next() >> UInt64.random(in: 0..<64, using: &random)
                result = result.setting(input, to: value) ?? result
            }
        }
        return result
    }
}

extension PacketMetadata {
    /// The numbers that are metadata alone, whatever the packet is.
    static func number(of field: ContextField.ID) -> WritableKeyPath<PacketMetadata, UInt32>? {
        switch field {
        case .packetType: \.packetType
        case .mark: \.mark
        case .queueMapping: \.queueMapping
        case .priority: \.priority
        case .ingressInterface: \.ingressInterface
        case .interface: \.interface
        case .tcIndex: \.tcIndex
        case .hash: \.hash
        case .receiveQueue: \.receiveQueue
        case .length, .etherProtocol, .vlanPresent, .vlanTCI, .vlanProtocol, .control, .tcClassID, .data, .dataEnd,
            .napiID, .dataMeta, .timestamp, .wireLength, .gsoSegments, .gsoSize, .timestampType, .egressInterface:
            nil
        }
    }
}
