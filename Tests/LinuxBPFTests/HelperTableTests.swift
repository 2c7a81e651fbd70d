import BPFModel
import LinuxBPF
import Testing

/// The rows of the helper table against the running kernel: what it says of each helper, asked one by one.
@Suite(.needsKernel) struct HelperTableTests {
    /// Linux has no eBPF programs of the type seccomp.
    static let types = ProgramType.allCases.filter { $0 != .seccomp }

    @Test(arguments: HelperPrototype.all) func programTypes(helper: HelperPrototype) throws {
        for type in Self.types {
            let error = HelperCalls(helper: helper, type: type, map: try Self.anyMap(for: helper)).refusal()
            #expect(
                !Self.isUnknown(error) == helper.programTypes.contains(type),
                "\(helper.name) in \(type.name): \(error?.reason ?? "accepted")")
        }
    }

    @Test(arguments: HelperPrototype.all) func licences(helper: HelperPrototype) throws {
        let type = try #require(Self.types.first { helper.programTypes.contains($0) })
        let calls = HelperCalls(helper: helper, type: type, map: try Self.anyMap(for: helper))
        let error = calls.refusal(license: "Proprietary")
        #expect((error?.reason.contains("GPL-restricted") ?? false) == helper.needsGPL, "\(helper.name)")
    }

    /// Kinds of which the kernel gives sockets, which we don't have.
    static let sockets: [Int32: Set<MapType>] = [
        HelperPrototype.mapLookupElement.id: [.xskmap],
        HelperPrototype.mapDeleteElement.id: [.sockmap, .sockhash],
    ]

    /// A helper that calls back needs more than a map: see the tests of callbacks.
    static let mapHelpers = HelperPrototype.all.filter {
        $0.arguments.contains(.map) && $0.id != HelperPrototype.forEachMapElement.id
    }

    @Test(arguments: mapHelpers) func mapTypes(helper: HelperPrototype) throws {
        let type = try #require(Self.types.first { helper.programTypes.contains($0) })
        let known = helper.mapTypes.union(Self.sockets[helper.id] ?? [])
        for kind in MapType.allCases {
            // The first program that uses some kinds decides which others may.
            guard let map = try? Self.map(kind) else { continue }
            let error = HelperCalls(helper: helper, type: type, map: map).refusal()
            #expect(
                (error == nil) == known.contains(kind), "\(helper.name), \(kind.name): \(error?.reason ?? "accepted")")
        }
    }

    /// What needs more than memory and numbers can't be called in passing.
    static let packetHelpers = HelperPrototype.all.filter { helper in
        !helper.programTypes.isDisjoint(with: [.schedCls, .xdp])
            && !helper.arguments.contains { argument in
                switch argument {
                case .record, .spinLock, .callback, .callbackContext, .constantString: true
                case .anything, .context, .map, .mapKey, .mapValue, .writableMapValue, .readableMemory,
                    .readableMemoryOrNull, .writableMemory, .writableDouble, .size, .sizeOrZero, .recordSize:
                    false
                }
            }
    }

    @Test(arguments: packetHelpers) func packetsAfterwards(helper: HelperPrototype) throws {
        let type = helper.programTypes.contains(.schedCls) ? ProgramType.schedCls : .xdp
        let calls = HelperCalls(helper: helper, type: type, map: try Self.anyMap(for: helper))
        #expect(calls.refusal() == nil)
        let error = calls.refusal(readingPacket: true)
        #expect((error != nil) == helper.changesPacket, "\(helper.name): \(error?.reason ?? "accepted")")
    }

    @Test(arguments: packetHelpers) func packetsAsArguments(helper: HelperPrototype) throws {
        let type = helper.programTypes.contains(.schedCls) ? ProgramType.schedCls : .xdp
        for (index, argument) in helper.arguments.enumerated() where HelperCalls.isMemory(argument) {
            let map = try Self.anyMap(for: helper)
            let calls = HelperCalls(helper: helper, type: type, map: map, packetArgument: index)
            let mayBePacket = argument == .mapKey || argument == .mapValue || argument == .readableMemoryOrNull
            let error = calls.refusal()
            #expect((error == nil) == mayBePacket, "\(helper.name), argument \(index): \(error?.reason ?? "accepted")")
        }
    }

    private static func isUnknown(_ error: KernelError?) -> Bool {
        guard let reason = error?.reason else { return false }
        return ["cannot use helper", "unknown func", "invalid func"].contains { reason.contains($0) }
    }

    /// A map that the helper takes; nil where it takes none.
    private static func anyMap(for helper: HelperPrototype) throws -> KernelMap? {
        try MapType.allCases.first { helper.mapTypes.contains($0) }.map { try map($0) }
    }

    /// A map of a kind, with keys and values of 4 bytes where it takes them.
    private static func map(_ kind: MapType) throws -> KernelMap {
        let inner = kind.holdsMaps ? try map(.array) : nil
        switch kind {
        case .ringbuf:
            return try KernelMap(type: kind.rawValue, keySize: 0, valueSize: 0, maxEntries: 4096)
        case .queue, .stack, .bloomFilter:
            return try KernelMap(type: kind.rawValue, keySize: 0, valueSize: 4, maxEntries: 1)
        case .stackTrace:
            return try KernelMap(type: kind.rawValue, keySize: 4, valueSize: 64, maxEntries: 1)
        case .lpmTrie:
            return try KernelMap(type: kind.rawValue, keySize: 8, valueSize: 4, maxEntries: 1, flags: 1)
        case .hash, .array, .progArray, .perfEventArray, .percpuHash, .percpuArray, .lruHash, .lruPercpuHash,
            .arrayOfMaps, .hashOfMaps, .devmap, .sockmap, .cpumap, .xskmap, .sockhash, .devmapHash:
            return try KernelMap(type: kind.rawValue, keySize: 4, valueSize: 4, maxEntries: 1, inner: inner)
        }
    }
}
