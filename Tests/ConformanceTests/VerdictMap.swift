import BPFModel
import Foundation
import TestKit

/// A map that the shared programs name.
struct VerdictMap: Decodable {
    let type: String
    let keySize: Int
    let valueSize: Int
    let maxEntries: Int
    let flags: UInt32
    /// Whether users can't change it any more.
    let frozen: Bool?
    /// The value of a data section, where it isn't all zeros.
    let initialValue: String?
    /// The map that a map of maps has as its pattern: at most one.
    private let inner: [VerdictMap]

    enum CodingKeys: String, CodingKey {
        case type, flags, frozen, inner
        case keySize = "key_size"
        case valueSize = "value_size"
        case maxEntries = "max_entries"
        case initialValue = "init_value"
    }

    init(from decoder: any Decoder) throws {
        let values = try decoder.container(keyedBy: CodingKeys.self)
        type = try values.decode(String.self, forKey: .type)
        keySize = try values.decode(Int.self, forKey: .keySize)
        valueSize = try values.decode(Int.self, forKey: .valueSize)
        maxEntries = try values.decode(Int.self, forKey: .maxEntries)
        flags = try values.decode(UInt32.self, forKey: .flags)
        frozen = try values.decodeIfPresent(Bool.self, forKey: .frozen)
        initialValue = try values.decodeIfPresent(String.self, forKey: .initialValue)
        inner = try values.decodeIfPresent(VerdictMap.self, forKey: .inner).map { [$0] } ?? []
    }

    static func shared() throws -> [String: VerdictMap] {
        guard let data = SharedData.contents("conformance/verifier_maps.json") else { return [:] }
        return try JSONDecoder().decode([String: VerdictMap].self, from: data)
    }

    /// The specification, or nil where the model has no such maps.
    var spec: MapSpec? {
        guard let type = MapType(name: type) else { return nil }
        var spec = MapSpec(
            type: type, keySize: keySize, valueSize: valueSize, maxEntries: maxEntries,
            flags: MapFlags(rawValue: flags), inner: inner.first?.spec)
        if frozen == true {
            spec.constants = initialValue.flatMap { [UInt8](hex: $0) } ?? [UInt8](repeating: 0, count: valueSize)
        }
        return spec
    }
}

/// Where a program names a map.
struct VerdictMapUse: Decodable {
    /// The slot of the 64-bit immediate load.
    let slot: Int
    let name: String

    init(from decoder: any Decoder) throws {
        var list = try decoder.unkeyedContainer()
        slot = try list.decode(Int.self)
        name = try list.decode(String.self)
    }
}

extension VerdictProgram {
    /// A program with the maps it names; nil where the model lacks one.
    init?(type: ProgramType, hex: String, _ uses: [VerdictMapUse], _ map: (String) -> VerdictMap?) {
        guard var slots = try? RawInstruction.slots(of: [UInt8](hex: hex) ?? []) else { return nil }
        var specs: [Int32: MapSpec] = [:]
        for (position, use) in uses.enumerated() {
            guard let spec = map(use.name)?.spec else { return nil }
            let number = Int32(1000 + position)
            slots[use.slot].immediate = number
            specs[number] = spec
        }
        self.init(type: type, bytes: slots.flatMap(\.bytes), maps: specs)
    }
}
