import BPFModel

/// The flags every update is tried with: all that have a meaning somewhere, and some that have none.
let updateFlags: [UInt64] = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 16, 32, 1 << 32, .max]

extension MapCase {
    /// A key of a kind: of four bytes, or a prefix of all its bits.
    static func key(_ number: UInt8, _ type: MapType) -> [UInt8] {
        type == .lpmTrie ? [32, 0, 0, 0, 10, 0, 0, number] : [number, 0, 0, 0]
    }

    static func spec(_ type: MapType, entries: Int = 4, flags: MapFlags = []) -> MapSpec {
        let needed: MapFlags = type == .lpmTrie ? .noPreallocation : []
        return MapSpec(
            type: type, keySize: type == .lpmTrie ? 8 : 4, valueSize: 8, maxEntries: entries, flags: flags.union(needed)
        )
    }

    private static func isArray(_ type: MapType) -> Bool { type == .array || type == .percpuArray }

    /// What every kind with keys is tried with.
    static func common(_ type: MapType) -> [MapCase] {
        updates(type) + access(type) + lookups(type) + walks(type) + batches(type)
    }

    private static func filled(_ type: MapType, _ count: UInt8) -> [MapStep] {
        isArray(type) ? [] : (0..<count).map { .update(key($0, type), 9, flags: 0) }
    }

    /// Every flag on a key that is there and one that isn't, on a map with room and a full one.
    private static func updates(_ type: MapType) -> [MapCase] {
        [(UInt8(2), "with room"), (4, "full")].flatMap { count, state in
            [(UInt8(1), "there"), (77, "not there")].flatMap { number, presence in
                updateFlags.map { flags in
                    MapCase(
                        name: "update \(state), key \(presence), flags 0x\(String(flags, radix: 16))", spec: spec(type),
                        steps: filled(type, count) + [
                            .update(key(number, type), 1, flags: flags), .lookup(key(number, type), flags: 0),
                            .walk(sorted: type != .lpmTrie),
                        ])
                }
            }
        }
    }

    /// What is left of each operation on maps that users may only read or write, and on frozen ones.
    private static func access(_ type: MapType) -> [MapCase] {
        let steps: [MapStep] = [
            .update(key(1, type), 1, flags: 0), .update(key(1, type), 1, flags: 99), .lookup(key(1, type), flags: 0),
            .lookup(key(1, type), flags: 99), .take(key(1, type), flags: 0), .take(key(1, type), flags: 99),
            .delete(key(1, type)), .next(after: nil), .lookupBatch(room: 8), .takeBatch(room: 8),
            .updateBatch([key(2, type)], 3, flags: 0), .deleteBatch([key(2, type)]), .freeze, .freeze,
            .update(key(1, type), 2, flags: 0), .delete(key(1, type)),
        ]
        return [
            MapCase(name: "read-only for users", spec: spec(type, flags: .readOnly), steps: steps),
            MapCase(name: "write-only for users", spec: spec(type, flags: .writeOnly), steps: steps),
            MapCase(name: "frozen", spec: spec(type), steps: [.update(key(1, type), 7, flags: 0), .freeze] + steps),
        ]
    }

    private static func lookups(_ type: MapType) -> [MapCase] {
        let flags = [0, 1, 2, 4, 8, 1 << 32] as [UInt64]
        return [
            MapCase(
                name: "lookup flags", spec: spec(type),
                steps: [.update(key(1, type), 3, flags: 0)]
                    + flags.flatMap { [.lookup(key(1, type), flags: $0), .lookup(key(77, type), flags: $0)] }),
            MapCase(
                name: "delete", spec: spec(type),
                steps: [
                    .update(key(1, type), 3, flags: 0), .delete(key(77, type)), .delete(key(1, type)),
                    .delete(key(1, type)), .lookup(key(1, type), flags: 0), .update(key(1, type), 4, flags: 2),
                    .update(key(1, type), 4, flags: 1), .lookup(key(1, type), flags: 0),
                ]),
            MapCase(
                name: "lookup and delete", spec: spec(type),
                steps: [.update(key(1, type), 3, flags: 0), .take(key(77, type), flags: 0)]
                    + flags.flatMap { [.take(key(1, type), flags: $0), .update(key(1, type), 3, flags: 0)] }),
        ]
    }

    private static func walks(_ type: MapType) -> [MapCase] {
        [
            MapCase(name: "walk an empty map", spec: spec(type), steps: [.next(after: nil), .walk(sorted: true)]),
            MapCase(
                name: "walk", spec: spec(type, entries: 32),
                steps: filled(type, 20) + [
                    .walk(sorted: type != .lpmTrie), .next(after: key(99, type)), .walkDeleting,
                    .walk(sorted: type != .lpmTrie),
                ]),
        ]
    }

    private static func batches(_ type: MapType) -> [MapCase] {
        let keys = (0..<6).map { key($0, type) }
        return [
            MapCase(
                name: "batches", spec: spec(type, entries: 8),
                steps: [
                    .lookupBatch(room: 4), .updateBatch(keys, 5, flags: 0), .lookupBatch(room: 100),
                    .lookup(key(5, type), flags: 0), .updateBatch(keys, 6, flags: 1),
                    .deleteBatch([key(0, type), key(1, type)]), .deleteBatch([key(2, type), key(77, type)]),
                    .lookupBatch(room: 100), .takeBatch(room: 100), .lookupBatch(room: 100), .walk(sorted: true),
                ]),
            MapCase(
                name: "update batch past the end", spec: spec(type),
                steps: [.updateBatch(keys, 5, flags: 0), .updateBatch(keys, 5, flags: 99), .walk(sorted: true)]),
        ]
    }
}
