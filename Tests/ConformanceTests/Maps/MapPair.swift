import BPFMaps
import BPFModel
import LinuxBPF

/// A map here and one like it in the kernel, which get the same calls.
struct MapPair {
    let ours: Map
    let kernel: KernelMap

    init(_ spec: MapSpec, inner: KernelMap? = nil) throws {
        ours = try Map(spec)
        kernel = try KernelMap(
            type: spec.type.rawValue, keySize: spec.keySize, valueSize: spec.valueSize, maxEntries: spec.maxEntries,
            flags: spec.flags.rawValue, extra: spec.extra, inner: inner)
    }

    /// What users ask of a map.
    enum Call: Sendable {
        case lookup([UInt8])
        case update([UInt8], [UInt8], flags: UInt64 = 0)
        case delete([UInt8])
        case pop
        case next([UInt8]?)
        case contains([UInt8])
        case freeze
    }

    /// The results of a call on both sides, in words.
    func results(of call: Call) -> (ours: String, kernel: String) {
        (Self.text { () throws(Errno) in try onOurs(call) }, Self.text { () throws(Errno) in try onKernel(call) })
    }

    private func onOurs(_ call: Call) throws(Errno) -> [UInt8] {
        switch call {
        case .lookup(let key): return try ours.lookup(key)
        case .update(let key, let value, let flags): try ours.update(key, value, flags: flags)
        case .delete(let key): try ours.delete(key)
        case .pop: return try ours.pop()
        case .next(let key): return try ours.nextKey(after: key)
        case .contains(let value): if try !ours.contains(value) { throw .noEntry }
        case .freeze: try ours.freeze()
        }
        return []
    }

    private func onKernel(_ call: Call) throws(Errno) -> [UInt8] {
        do throws(KernelError) {
            switch call {
            case .lookup(let key): return try kernel.lookup(key)
            case .update(let key, let value, let flags): try kernel.update(key, value, flags: flags)
            case .delete(let key): try kernel.delete(key)
            case .pop: return try kernel.lookupAndDelete([])
            case .next(let key): return try kernel.nextKey(after: key)
            case .contains(let value):
                var value = value
                try kernel.lookup([], into: &value)
            case .freeze: try kernel.freeze()
            }
            return []
        } catch { throw error.errno }
    }

    static func text(_ body: () throws(Errno) -> [UInt8]) -> String {
        do throws(Errno) { return "\(try body())" } catch { return "\(error)" }
    }
}

extension FixedWidthInteger {
    /// The number's bytes in memory, the lowest first.
    var memory: [UInt8] { (0..<Self.bitWidth / 8).map { UInt8(truncatingIfNeeded: self >> ($0 * 8)) } }
}
