import BPFModel
import TestKit

extension SeededRandom {
    /// A packet that the kernel takes for a test run, and one to twelve steps.
    mutating func scenario(_ type: ProgramType) -> Scenario {
        let packet = packet()
        let count = Int.random(in: 1...Scenario.steps, using: &self)
        return Scenario(
            type: type, packet: packet,
            steps: (0..<count).map { _ in
                type == .xdp ? frameStep(packet.count) : bufferStep(packet.count)
            })
    }

    private mutating func packet() -> [UInt8] {
        let kind = pick(
            [[8, 0], [8, 0], [0x86, 0xdd], [8, 6], [0x81, 0], [0x88, 0xa8], [0, 40], [0x88, 0xcc]] as [[UInt8]])
        let least = kind == [8, 0] ? 34 : kind == [0x86, 0xdd] ? 54 : 15
        var packet = bytes(least + (oneIn(4) ? 0 : Int.random(in: 0...180, using: &self)))
        packet.replaceSubrange(12..<14, with: kind)
        if kind[0] == 0x81 || kind[0] == 0x88, packet.count >= 22, oneIn(2) {
            packet.replaceSubrange(
                16..<18, with: pick([[8, 0], [0x81, 0], [0x88, 0xa8], [0, 20], [0x86, 0xdd]]) as [UInt8])
        }
        if oneIn(3) { packet.replaceSubrange(0..<6, with: [UInt8](repeating: pick([0, 0xff]), count: 6)) }
        return packet
    }

    /// A number that some check may have its limit at.
    private mutating func number(_ length: Int) -> UInt64 {
        let small = Int.random(in: 0...40, using: &self)
        return pick([
            UInt64(small), UInt64(small), UInt64(length) &+ UInt64(small), UInt64(max(0, length - small)), 0, 14, 20,
            216, 252, 3520, 4095, 4096, 16064, 16065, 0xffff, 0x1_0000, UInt64(UInt32.max), 0x8000_0000, .max,
            0x1_0000_0000 | UInt64(small), next(),
        ])
    }

    /// A number that may be negative, mostly a small one.
    private mutating func difference(_ length: Int) -> UInt64 {
        let small = Int64.random(in: -64...64, using: &self)
        return oneIn(4)
            ? 0 &- number(length) : UInt64(bitPattern: oneIn(3) ? small * 4 : small)
    }

    private mutating func flags(_ bits: Int) -> UInt64 {
        if oneIn(2) { return 0 }
        return oneIn(8) ? next() : next() & (1 << UInt64(bits) - 1)
    }

    private mutating func bufferStep(_ length: Int) -> Scenario.Step {
        let offset = oneIn(6) ? number(length) : UInt64(Int.random(in: 0...length, using: &self))
        let count = Int32.random(in: 1...16, using: &self)
        switch Int.random(in: 0..<18, using: &self) {
        case 0, 1: return .call(.changeTail, [number(length), oneIn(10) ? 1 : 0])
        case 2: return .call(.changeHead, [number(length), oneIn(10) ? 1 : 0])
        case 3, 4: return .call(.adjustRoom, [difference(length), pick([0, 1, 1, 2]), roomFlags()])
        case 5: return .call(.changeProtocol, [pick([0xdd86, 0x0008, 0x0608, 0x1_dd86]), oneIn(10) ? 1 : 0])
        case 6, 7: return .call(.pushVLAN, [pick([0x0081, 0xa888, 0, 0x0008, 0x1_0081]), next() & 0x1_ffff])
        case 8, 9: return .call(.popVLAN, [])
        case 10: return .call(.pullData, [oneIn(2) ? number(length) : 0])
        case 11: return .call(.changeType, [pick([0, 1, 2, 3, 4, 0x1_0000_0001, .max])])
        case 12: return .memory(.storeBytes, offset: offset, count: count, [oneIn(2) ? 0 : flags(2)])
        case 13: return .memory(.loadBytes, offset: offset, count: count, [])
        case 14:
            return .memory(.loadBytesRelative, offset: offset, count: count, [pick([0, 1, 1, 1, 2, .max])])
        case 15:
            let isNetwork = oneIn(2)
            return .call(
                isNetwork ? .replaceNetworkChecksum : .replaceTransportChecksum,
                [offset & (oneIn(8) ? .max : ~1), checksumWord(), checksumWord(), checksumFlags(isNetwork)])
        case 16: return oneIn(2) ? .loadPacket(Int32.random(in: -1...30, using: &self)) : loadPacketNegative()
        default: return .write(offset: Int32.random(in: 0...60, using: &self), UInt8.random(in: 0...255, using: &self))
        }
    }

    private mutating func loadPacketNegative() -> Scenario.Step {
        .loadPacket(pick([-0x10_0000, -0x20_0000]) + Int32.random(in: 0...30, using: &self))
    }

    private mutating func checksumWord() -> UInt64 { oneIn(3) ? pick([0, 0xffff, 0xffff_ffff, .max]) : next() }

    private mutating func checksumFlags(_ isNetwork: Bool) -> UInt64 {
        let size: UInt64 = pick([0, 2, 2, 4, 4, 3])
        return isNetwork && !oneIn(8) ? size : size | (next() & 0xf0) | (oneIn(12) ? 0x100 : 0)
    }

    private mutating func roomFlags() -> UInt64 {
        switch Int.random(in: 0..<4, using: &self) {
        case 0: 0
        case 1: pick([1, 2, 4, 10, 18, 20, 12, 32, 128, 256] as [UInt64])
        case 2: next() & 0x1ff | (oneIn(2) ? UInt64.random(in: 0...40, using: &self) << 56 : 0)
        default: pick([0x0e00_0000_0000_0042, 0x0e00_0000_0000_0054, 0x0d00_0000_0000_0002, 0x200, next()] as [UInt64])
        }
    }

    private mutating func frameStep(_ length: Int) -> Scenario.Step {
        let offset = oneIn(6) ? number(length) : UInt64(Int.random(in: 0...length, using: &self))
        let count = Int32.random(in: 1...16, using: &self)
        switch Int.random(in: 0..<9, using: &self) {
        case 0, 1: return .call(.adjustHead, [difference(length)])
        case 2, 3: return .call(.adjustTail, [difference(length)])
        case 4, 5:
            return .call(
                .adjustMetadata, [oneIn(3) ? difference(length) : 0 &- UInt64.random(in: 0...63, using: &self) * 4])
        case 6: return .call(.bufferLength, [])
        case 7: return .memory(.loadBufferBytes, offset: offset, count: count, [])
        default: return .memory(.storeBufferBytes, offset: offset, count: count, [])
        }
    }
}
