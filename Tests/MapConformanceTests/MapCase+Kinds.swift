import BPFModel

extension MapCase {
    /// The kinds that are compared, with what each of them is tried with: the table.
    static let kinds: [(type: MapType, cases: [MapCase])] = [
        (.hash, common(.hash) + locks(.hash) + hashSizes(.hash)),
        (.array, common(.array) + locks(.array) + arraySizes(.array)),
        (.percpuHash, common(.percpuHash) + hashSizes(.percpuHash)),
        (.percpuArray, common(.percpuArray) + arraySizes(.percpuArray)),
        (.lruHash, lru(.lruHash) + hashSizes(.lruHash)),
        (.lruPercpuHash, lru(.lruPercpuHash) + hashSizes(.lruPercpuHash)),
        (.lpmTrie, common(.lpmTrie) + prefixes + prefixSizes),
    ]

    /// LRU maps drop entries by the worker that updates: those cases have room for all.
    private static func lru(_ type: MapType) -> [MapCase] {
        common(type).filter { !$0.name.contains("full") } + evictions(type)
    }

    /// Which keys are left of many, by the size of the map: all by one worker.
    private static func evictions(_ type: MapType) -> [MapCase] {
        [1, 2, 3, 4, 5, 8, 10, 16, 31, 64, 100, 128, 200, 256, 300, 512, 1000, 2000, 10_000].flatMap { size in
            [MapFlags(), .noCommonLRU].map { flags in
                var spec = spec(type, entries: size, flags: flags)
                spec.valueSize = 4
                let again: [MapStep] = (0..<min(size, 200)).map {
                    .lookup([UInt8(truncatingIfNeeded: $0), 0, 0, 0], flags: 0)
                }
                return MapCase(
                    name: "evictions of \(size), flags 0x\(String(flags.rawValue, radix: 16))", spec: spec,
                    steps: [.fill(0..<size), .fill(size..<size * 2)] + (size < 20 ? again : []) + [
                        .fill(size..<size + size / 2 + 1), .fill(size * 2..<size * 3 + 7),
                    ])
            }
        }
    }

    /// A creation and nothing else.
    private static func creation(_ type: MapType, _ key: Int, _ value: Int, _ entries: Int, _ flags: UInt32) -> MapCase
    {
        MapCase(
            name: "create key \(key), value \(value), entries \(entries), flags 0x\(String(flags, radix: 16))",
            spec: MapSpec(
                type: type, keySize: key, valueSize: value, maxEntries: entries, flags: MapFlags(rawValue: flags)))
    }

    /// Every flag alone, and pairs that matter.
    private static let creationFlags: [UInt32] =
        (0..<18).map { 1 << $0 } + [0x18, 0x180, 0x88, 0x401, 0x41, 0x3, 0x42, 0x43]

    private static func hashSizes(_ type: MapType) -> [MapCase] {
        let onDemand: UInt32 = type == .lruHash || type == .lruPercpuHash ? 0 : 1
        return creationFlags.filter { $0 != 4 || type != .percpuHash }.map { creation(type, 4, 8, 4, $0) }
            + [(0, 8, 4), (4, 0, 4), (4, 8, 0), (0, 0, 0), (1, 1, 1), (3, 5, 7), (512, 8, 2), (4096, 8, 2)].map {
                creation(type, $0, $1, $2, 0)
            }
            + [(4, 32768, 1), (4, 32769, 1), (4, 4_194_251, 1), (4, 4_194_252, 1), (4_194_247, 8, 1)].map {
                creation(type, $0, $1, $2, onDemand)
            }
            + [(4_194_248, 8, 1), (0x7fff_ffff, 8, 1), (4, 0x7fff_ffff, 1), (4, 0xffff_ffff, 1)].map {
                creation(type, $0, $1, $2, onDemand)
            } + [creation(type, 4, 8, 0xffff_ffff, onDemand), creation(type, 0, 8, 0xffff_ffff, 0x2000)]
    }

    private static func arraySizes(_ type: MapType) -> [MapCase] {
        creationFlags.map { creation(type, 4, 8, 4, $0) }
            + [(0, 8, 4), (4, 0, 4), (4, 8, 0), (1, 8, 1), (8, 8, 1), (4, 1, 1), (4, 32768, 1), (4, 32769, 1)].map {
                creation(type, $0, $1, $2, 0)
            } + [creation(type, 4, 0x8000_0000, 1, 0), creation(type, 4, 0xffff_ffff, 1, 0)] + [
                creation(type, 8, 0xffff_ffff, 1, 0)
            ]
    }

    private static let prefixSizes: [MapCase] =
        creationFlags.map { creation(.lpmTrie, 8, 8, 4, $0 | 1) }
        + [0, 4, 5, 8, 9, 20, 260, 261, 300].map { creation(.lpmTrie, $0, 8, 4, 1) } + [
            creation(.lpmTrie, 8, 8, 4, 0), creation(.lpmTrie, 8, 0, 4, 1), creation(.lpmTrie, 8, 8, 0, 1),
        ] + [4_194_024, 4_194_025, 0xffff_ffff].map { creation(.lpmTrie, 8, $0, 1, 1) }

    /// `BPF_F_LOCK`, with a spin lock in the value.
    private static func locks(_ type: MapType) -> [MapCase] {
        var spec = spec(type)
        spec.valueSize = 12
        spec.spinLock = 4
        let flags = [0, 1, 2, 4, 5, 6, 7, 8, 12] as [UInt64]
        return [
            MapCase(
                name: "spin lock in the value", spec: spec,
                steps: flags.flatMap { flags in
                    [
                        .update(key(1, type), UInt8(flags) + 1, flags: flags), .lookup(key(1, type), flags: 0),
                        .lookup(key(1, type), flags: 4), .update(key(2, type), 1, flags: flags),
                        .lookup(key(2, type), flags: flags), .delete(key(2, type)),
                    ] as [MapStep]
                } + [
                    .take(key(1, type), flags: 4), .take(key(1, type), flags: 4),
                    .updateBatch([key(1, type), key(2, type)], 7, flags: 4), .lookup(key(2, type), flags: 4),
                ])
        ]
    }
}
