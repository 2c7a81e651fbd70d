import BPFModel
import TestKit

extension SeededRandom {
    /// Steps that don't touch the packet: numbers in texts, sums, redirects.
    mutating func valueScenario(_ type: ProgramType) -> Scenario {
        Scenario(
            type: type, packet: [UInt8](repeating: 2, count: 12) + [8, 6] + bytes(40),
            steps: (0..<Scenario.steps).map { _ in valueStep() })
    }

    private mutating func valueStep() -> Scenario.Step {
        switch Int.random(in: 0..<8, using: &self) {
        case 0, 1, 2:
            let flags: [UInt64] = [0, 0, 0, 8, 10, 16, 16, 3, 32, 0x1_0000_000a]
            return .parse(oneIn(2) ? .parseSigned : .parseUnsigned, numberText(), flags: pick(flags))
        case 3, 4, 5:
            let seeds: [UInt64] = [0, 0, 1, 0xffff, 0xffff_ffff, next()]
            return .difference(from: summed(), to: summed(), seed: pick(seeds))
        case 6: return .call(.redirect, [UInt64.random(in: 0...5, using: &self), oneIn(2) ? 0 : next() & 7])
        default:
            let addresses: [UInt64] = [0, 1, 0x1000_0000, 0xdead_0000_0000_0000]
            return .probe(address: pick(addresses), count: Int32.random(in: 0...8, using: &self))
        }
    }

    private mutating func summed() -> [UInt8] {
        let count = Int.random(in: 0...16, using: &self)
        return oneIn(4) ? [UInt8](repeating: pick([0, 0xff]), count: count) : bytes(count)
    }

    private mutating func numberText() -> [UInt8] {
        let digits: [String] = ["0123456789", "01", "89", "0123456789abcdefABCDEF", "9999999999"]
        var text = ""
        if oneIn(4) { text += pick([" ", "\t ", "\n", "\u{b}\u{c}\r"]) }
        if oneIn(3) { text += pick(["-", "-", "+", "--", "- "]) }
        if oneIn(3) { text += pick(["0x", "0X", "0", "x"]) }
        let alphabet = Array(pick(digits))
        for _ in 0..<Int.random(in: 0...18, using: &self) { text.append(pick(alphabet)) }
        if oneIn(4) { text += pick([" ", "g", "\0", "x", "."]) }
        let bytes = Array(text.utf8.prefix(24))
        return bytes.isEmpty ? [UInt8(ascii: "7")] : bytes
    }
}
