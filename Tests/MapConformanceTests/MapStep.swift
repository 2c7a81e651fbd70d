import BPFModel
import TestKit
import Testing

/// One call on a map, and what a table of such calls is made of.
enum MapStep: Sendable {
    case update([UInt8], UInt8, flags: UInt64)
    case lookup([UInt8], flags: UInt64)
    case delete([UInt8])
    case take([UInt8], flags: UInt64)
    /// Whether there is a key after one, and whether it is the first.
    case next(after: [UInt8]?)
    /// All keys by next key, sorted where the order is the map's own business.
    case walk(sorted: Bool)
    /// Keys by next key, each deleted before the next is asked for.
    case walkDeleting
    case lookupBatch(room: Int)
    case takeBatch(room: Int)
    case updateBatch([[UInt8]], UInt8, flags: UInt64)
    case deleteBatch([[UInt8]])
    case freeze
    /// Updates numbered keys one after the other, and tells which of all so far are still there.
    case fill(Range<Int>)

    /// The call as the recorded results name it.
    var text: String {
        switch self {
        case .update(let key, let value, let flags): "update \(Self.text(key)) = \(value), flags \(Self.text(flags))"
        case .lookup(let key, let flags): "lookup \(Self.text(key)), flags \(Self.text(flags))"
        case .delete(let key): "delete \(Self.text(key))"
        case .take(let key, let flags): "lookup and delete \(Self.text(key)), flags \(Self.text(flags))"
        case .next(let key): "next key after \(key.map(Self.text) ?? "nothing")"
        case .walk: "all keys"
        case .walkDeleting: "all keys, deleting each"
        case .lookupBatch(let room): "lookup batches of \(room)"
        case .takeBatch(let room): "lookup and delete batches of \(room)"
        case .updateBatch(let keys, let value, let flags):
            "update batch of \(keys.map(Self.text)) = \(value), flags \(Self.text(flags))"
        case .deleteBatch(let keys): "delete batch of \(keys.map(Self.text))"
        case .freeze: "freeze"
        case .fill(let numbers): "keys \(numbers.lowerBound) to \(numbers.upperBound - 1)"
        }
    }

    static func text(_ key: [UInt8]) -> String { key.isEmpty ? "-" : key.hex }
    private static func text(_ flags: UInt64) -> String { "0x" + String(flags, radix: 16) }
}

/// A map and the calls made on it, in order.
struct MapCase: Sendable, CustomTestStringConvertible {
    /// What the case is about; unique in its table.
    let name: String
    let spec: MapSpec
    var steps: [MapStep] = []

    var testDescription: String { "\(spec.type.name): \(name)" }
}
