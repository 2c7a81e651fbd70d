extension HelperPrototype {
    /// Every helper there is, one row each.
    public static let all = maps + records + values + control + packets

    /// The row of a helper id, or nil where there is no such helper.
    public static func row(of id: Int32) -> HelperPrototype? {
        byID.indices.contains(Int(id)) ? byID[Int(id)] : nil
    }

    private static let byID = {
        var rows = [HelperPrototype?](repeating: nil, count: 1 + Int(all.map(\.id).max() ?? 0))
        for helper in all { rows[Int(helper.id)] = helper }
        return rows
    }()

    init(
        _ id: Int32, _ name: String, _ arguments: [Argument], _ result: Result, _ programTypes: Set<ProgramType>,
        maps: Set<MapType> = [], changesMap: Bool = false, needsGPL: Bool = false, needsPrivilege: Bool = false,
        changesPacket: Bool = false
    ) {
        self.id = id
        self.name = name
        self.arguments = arguments
        self.result = result
        self.programTypes = programTypes
        mapTypes = maps
        self.changesMap = changesMap
        self.needsGPL = needsGPL
        self.needsPrivilege = needsPrivilege
        self.changesPacket = changesPacket
    }
}

extension Set<ProgramType> {
    static let everyType = Set(ProgramType.allCases)
    static let socketBuffer: Self = [.socketFilter, .schedCls]
    static let tracing: Self = [.kprobe, .tracepoint, .rawTracepoint]
}

extension Set<MapType> {
    /// The kinds whose values a program can find by key.
    ///
    /// Linux also gives sockets out of `xskmap`, `sockmap` and `sockhash`, of which there are none here.
    static let lookup: Self = [
        .hash, .array, .percpuHash, .percpuArray, .lruHash, .lruPercpuHash, .lpmTrie, .arrayOfMaps, .hashOfMaps,
        .devmap, .devmapHash,
    ]
    /// The kinds whose entries a program can make.
    static let update: Self = [
        .hash, .array, .percpuHash, .percpuArray, .lruHash, .lruPercpuHash, .lpmTrie,
    ]
    /// The kinds whose entries a program can remove.
    static let delete: Self = update
    /// The kinds whose entries a program can go through.
    static let forEach: Self = [.hash, .array, .percpuHash, .percpuArray, .lruHash, .lruPercpuHash]
}
