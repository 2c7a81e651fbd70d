extension HelperPrototype {
    /// Every helper there is, one row each.
    public static let all: [HelperPrototype] = [
        mapLookupElement, mapUpdateElement, mapDeleteElement, monotonicTime, randomNumber, processorID,
        loadBytes, loadBytesRelative,
    ]

    /// The row of a helper id, or nil where there is no such helper.
    public static func row(of id: Int32) -> HelperPrototype? { byID[id] }

    private static let byID = Dictionary(uniqueKeysWithValues: all.map { ($0.id, $0) })

    private static let packetTypes: Set<ProgramType> = [.socketFilter, .schedCls, .xdp]
    private static let socketBufferTypes: Set<ProgramType> = [.socketFilter, .schedCls]

    /// The address of the value of a key, or 0.
    public static let mapLookupElement = HelperPrototype(
        1, "bpf_map_lookup_elem", [.map, .mapKey], .mapValueOrNull, packetTypes)

    /// Makes or replaces an entry; 0 or an errno, negated.
    public static let mapUpdateElement = HelperPrototype(
        2, "bpf_map_update_elem", [.map, .mapKey, .mapValue, .anything], .scalar, packetTypes)

    /// Removes an entry; 0 or an errno, negated.
    public static let mapDeleteElement = HelperPrototype(
        3, "bpf_map_delete_elem", [.map, .mapKey], .scalar, packetTypes)

    /// The time in nanoseconds; over a capture file, the time stamp of the packet.
    public static let monotonicTime = HelperPrototype(5, "bpf_ktime_get_ns", [], .scalar, packetTypes)

    /// A pseudo-random 32-bit number.
    public static let randomNumber = HelperPrototype(7, "bpf_get_prandom_u32", [], .scalar, packetTypes)

    /// The number of the worker that runs the program.
    public static let processorID = HelperPrototype(8, "bpf_get_smp_processor_id", [], .scalar, packetTypes)

    /// Copies packet bytes at an offset; 0 or an errno, negated, with the memory zeroed.
    public static let loadBytes = HelperPrototype(
        26, "bpf_skb_load_bytes", [.context, .anything, .writableMemory, .size], .scalar, socketBufferTypes)

    /// Copies packet bytes at an offset from the link or network header; 0 or an errno, negated.
    public static let loadBytesRelative = HelperPrototype(
        68, "bpf_skb_load_bytes_relative", [.context, .anything, .writableMemory, .size, .anything], .scalar,
        socketBufferTypes)

    private init(
        _ id: Int32, _ name: String, _ arguments: [Argument], _ result: Result, _ programTypes: Set<ProgramType>,
        needsGPL: Bool = false, changesPacket: Bool = false
    ) {
        self.id = id
        self.name = name
        self.arguments = arguments
        self.result = result
        self.programTypes = programTypes
        self.needsGPL = needsGPL
        self.changesPacket = changesPacket
    }
}
