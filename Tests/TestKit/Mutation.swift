import Foundation

/// How many inputs a mutation test tries, and from which seed.
///
/// `WEIR_MUTATIONS` asks for more than the usual number, `WEIR_SEED` for another sequence.
public enum Mutation {
    /// The number of inputs: `WEIR_MUTATIONS`, or 100,000.
    public static let count = number("WEIR_MUTATIONS") ?? 100_000

    /// A generator whose seed is printed, so that a failure can be run again.
    public static func random(_ name: String) -> SeededRandom {
        let seed = number("WEIR_SEED").map { UInt64(truncatingIfNeeded: $0) } ?? 0x7765_6972
        print("\(name): \(count) inputs, WEIR_SEED=\(seed)")
        return SeededRandom(seed: seed)
    }

    private static func number(_ name: String) -> Int? {
        ProcessInfo.processInfo.environment[name].flatMap { Int($0) }
    }
}

extension SeededRandom {
    /// Values that sit on edges: where lengths, offsets and counts go wrong.
    private static let edges: [UInt8] = [0, 1, 2, 4, 7, 8, 15, 16, 31, 32, 63, 64, 127, 128, 192, 254, 255]

    /// A damaged copy of `input`: a few bytes flipped, set, removed, repeated or cut off, or spliced from `others`.
    public mutating func mutation(of input: [UInt8], splicing others: [[UInt8]] = []) -> [UInt8] {
        var bytes = input
        for _ in 0..<Int.random(in: 1...4, using: &self) {
            guard !bytes.isEmpty else { return self.bytes(Int.random(in: 0...16, using: &self)) }
            let at = Int.random(in: 0..<bytes.count, using: &self)
            let length = Swift.min(Int.random(in: 1...8, using: &self), bytes.count - at)
            switch Int.random(in: 0..<8, using: &self) {
            case 0: bytes[at] ^= 1 << UInt8.random(in: 0..<8, using: &self)
            case 1: bytes[at] = UInt8.random(in: .min ... .max, using: &self)
            case 2: bytes[at] = pick(Self.edges)
            case 3: for index in at..<(at + length) { bytes[index] = pick(Self.edges) }
            case 4: bytes.removeSubrange(at..<(at + length))
            case 5: bytes.insert(contentsOf: bytes[at..<(at + length)], at: at)
            case 6: bytes.removeLast(bytes.count - at)
            default:
                guard !others.isEmpty else { continue }
                let other = pick(others)
                bytes.replaceSubrange(at..., with: other.suffix(from: Swift.min(at, other.count)))
            }
        }
        return bytes
    }
}
