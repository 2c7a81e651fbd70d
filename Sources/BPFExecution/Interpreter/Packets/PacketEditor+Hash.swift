import PacketBuffers
import PacketHeaders

extension PacketEditor {
    /// The hash of the packet's flow, never 0: the same for both directions, for every worker and in every run.
    ///
    /// Packets of no flow have the hash of their EtherType. Linux's hash is another one on every machine, for its key
    /// is random.
    var flowHash: UInt32 {
        let linkType = unsafe LinkType(rawValue: state.pointee.packet.linkType)
        let bytes = unsafe Span<UInt8>(
            _unsafeStart: UnsafePointer(HelperFunctions.pointer(data).assumingMemoryBound(to: UInt8.self)),
            count: Int(length))
        var hash = FlowHash()
        if let key = try? FlowKey(bytes, linkType: linkType) {
            hash.mix(key)
        } else {
            hash.mix(UInt64(etherProtocol))
        }
        return hash.value
    }
}

/// A hash of numbers, mixed one after the other.
private struct FlowHash {
    private var state: UInt64 = 0x9e37_79b9_7f4a_7c15

    mutating func mix(_ word: UInt64) {
        state = (state ^ word) &* 0xbf58_476d_1ce4_e5b9
        state ^= state &>> 31
    }

    mutating func mix(_ key: FlowKey) {
        let isForward = (key.source, key.sourcePort) < (key.destination, key.destinationPort)
        let ordered = isForward ? key : key.reversed
        for address in [ordered.source, ordered.destination] {
            switch address {
            case .v4(let address): mix(UInt64(address.rawValue))
            case .v6(let address):
                mix(address.high)
                mix(address.low)
            }
        }
        mix(UInt64(ordered.sourcePort) &<< 32 | UInt64(ordered.destinationPort) &<< 8 | UInt64(key.protocol.rawValue))
    }

    var value: UInt32 { max(1, UInt32(truncatingIfNeeded: state &>> 32)) }
}
