import Weir

/// A map as the shared vectors describe it.
struct SharedMap: Decodable {
    let type: String
    let keySize: Int
    let valueSize: Int
    let maxEntries: Int
    let flags: UInt32?
    let section: Bool?
    let initValue: String?
    let frozen: Bool?

    private enum CodingKeys: String, CodingKey {
        case type, flags, section, frozen
        case keySize = "key_size"
        case valueSize = "value_size"
        case maxEntries = "max_entries"
        case initValue = "init_value"
    }

    func map() throws(Skipped) -> BenchMap {
        guard let kind = MapType.allCases.first(where: { $0.name == type }) else {
            throw Skipped(reason: "map type \(type)")
        }
        let spec = MapSpec(
            type: kind, keySize: keySize, valueSize: valueSize, maxEntries: maxEntries,
            flags: MapFlags(rawValue: flags ?? 0))
        return BenchMap(spec: spec, value: initValue.flatMap { [UInt8](hex: $0) }, isFrozen: frozen ?? false)
    }
}

/// Where a program loads the address of a map.
struct SharedMapUse: Decodable {
    let slot: Int
    let name: String

    init(from decoder: any Decoder) throws {
        var list = try decoder.unkeyedContainer()
        slot = try list.decode(Int.self)
        name = try list.decode(String.self)
    }
}

extension BenchProgram {
    /// A program of the shared vectors, its maps numbered in the order it first names them.
    init(
        name: String, type typeName: String, hex: String, uses: [SharedMapUse], maps known: [String: SharedMap],
        isStrict: Bool = false
    ) throws(Skipped) {
        guard let type = ProgramType(name: typeName) else { throw Skipped(reason: "program type \(typeName)") }
        guard let bytes = [UInt8](hex: hex), var slots = try? RawInstruction.slots(of: bytes) else {
            throw Skipped(reason: "not a program")
        }
        var numbers: [String: Int32] = [:]
        var maps: [Int32: BenchMap] = [:]
        for use in uses {
            guard slots.indices.contains(use.slot), let map = known[use.name] else {
                throw Skipped(reason: "map \(use.name)")
            }
            let number = numbers[use.name] ?? Int32(1000 + numbers.count)
            numbers[use.name] = number
            maps[number] = try map.map()
            slots[use.slot].immediate = number
        }
        self.init(name: name, type: type, slots: slots, maps: maps, isStrict: isStrict)
    }
}
