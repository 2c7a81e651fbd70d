import BPFMaps
import BPFModel
import LinuxBPF
import TestKit
import Testing

/// Which specifications make a map of the kinds that are no plain tables, and with which error the others are refused.
@Suite(.enabled(if: KernelBPF.isAvailable, "bpf(2) may not be called here"))
struct MapCreationConformanceTests {
    /// A specification of each kind that makes a map.
    static let plain: [MapSpec] = [
        MapSpec(type: .queue, keySize: 0, valueSize: 8, maxEntries: 4),
        MapSpec(type: .stack, keySize: 0, valueSize: 8, maxEntries: 4),
        MapSpec(type: .bloomFilter, keySize: 0, valueSize: 8, maxEntries: 4),
        MapSpec(type: .ringbuf, keySize: 0, valueSize: 0, maxEntries: 4096),
        MapSpec(type: .perfEventArray, keySize: 4, valueSize: 4, maxEntries: 4),
        MapSpec(type: .progArray, keySize: 4, valueSize: 4, maxEntries: 4),
        MapSpec(type: .devmap, keySize: 4, valueSize: 4, maxEntries: 4),
        MapSpec(type: .devmapHash, keySize: 4, valueSize: 8, maxEntries: 4),
        MapSpec(type: .cpumap, keySize: 4, valueSize: 4, maxEntries: 4),
        MapSpec(
            type: .arrayOfMaps, keySize: 4, valueSize: 4, maxEntries: 4,
            inner: MapSpec(type: .array, keySize: 4, valueSize: 8, maxEntries: 1)),
        MapSpec(
            type: .hashOfMaps, keySize: 8, valueSize: 4, maxEntries: 4,
            inner: MapSpec(type: .hash, keySize: 4, valueSize: 8, maxEntries: 1)),
    ]

    /// Variations of a specification, one field each, small enough to be made by the kernel as well.
    private static func variations(of spec: MapSpec) -> [MapSpec] {
        var result = [spec]
        func vary(_ change: (inout MapSpec) -> Void) {
            var copy = spec
            change(&copy)
            result.append(copy)
        }
        for size in [0, 1, 2, 4, 8, 16, 64, 512, 513] { vary { $0.keySize = size } }
        for size in [0, 1, 2, 4, 8, 12, 16, 80, 4 << 20, 4 << 20 + 8, 1 << 31] { vary { $0.valueSize = size } }
        for count in [0, 1, 3, 4095, 4096, 8192, 12288, 65536] where spec.type != .cpumap || count < 5 {
            vary { $0.maxEntries = count }
        }
        for bit in 0..<20 where bit != 5 { vary { $0.flags = MapFlags(rawValue: 1 << UInt32(bit)) } }
        for flags in [0x18, 0x180] as [UInt32] { vary { $0.flags = MapFlags(rawValue: flags) } }
        for extra in [1, 5, 15, 16] as [UInt64] { vary { $0.extra = extra } }
        if spec.type.holdsMaps { vary { $0.inner = nil } }
        return result
    }

    @Test func everyVariation() throws {
        let agreement = Agreement("creation of kinds", engine: "Linux \(KernelBPF.release)")
        for spec in Self.plain.flatMap(Self.variations) {
            let inner = try spec.inner.map { try KernelMap($0) }
            agreement.compare(Self.name(spec), expected: Self.kernel(spec, inner), found: Self.ours(spec))
        }
        #expect(agreement.report().isEmpty)
    }

    /// Every kind inside a map of maps.
    @Test func everyPattern() throws {
        let agreement = Agreement("patterns of maps of maps", engine: "Linux \(KernelBPF.release)")
        let tables = [MapType.hash, .array].map { MapSpec(type: $0, keySize: 4, valueSize: 8, maxEntries: 4) }
        for inner in Self.plain + tables {
            let pattern = try inner.inner.map { try KernelMap($0) }
            let kernelInner = try KernelMap(inner, inner: pattern)
            for type in [MapType.arrayOfMaps, .hashOfMaps] {
                let spec = MapSpec(type: type, keySize: 4, valueSize: 4, maxEntries: 2, inner: inner)
                agreement.compare(
                    "\(type.name) of \(inner.type.name)", expected: Self.kernel(spec, kernelInner),
                    found: Self.ours(spec))
            }
        }
        #expect(agreement.report().isEmpty)
    }

    private static func name(_ spec: MapSpec) -> String {
        "\(spec.type.name) key \(spec.keySize) value \(spec.valueSize) entries \(spec.maxEntries) "
            + "flags \(spec.flags.rawValue) extra \(spec.extra)"
    }

    private static func ours(_ spec: MapSpec) -> String {
        do throws(MapError) {
            _ = try Map(spec)
            return "made"
        } catch { return "\(error.errno)" }
    }

    private static func kernel(_ spec: MapSpec, _ inner: KernelMap?) -> String {
        do throws(KernelError) {
            _ = try KernelMap(
                type: spec.type.rawValue, keySize: spec.keySize, valueSize: spec.valueSize,
                maxEntries: spec.maxEntries, flags: spec.flags.rawValue, extra: spec.extra, inner: inner)
            return "made"
        } catch { return "\(error.errno)" }
    }
}
