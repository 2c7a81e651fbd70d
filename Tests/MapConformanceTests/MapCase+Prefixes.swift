import BPFModel

extension MapCase {
    private static func prefix(_ length: UInt8, _ a: UInt8, _ b: UInt8 = 0, _ c: UInt8 = 0, _ d: UInt8 = 0) -> [UInt8] {
        [length, 0, 0, 0, a, b, c, d]
    }

    /// Which prefix matches, in which order they come, and what deletion leaves.
    static let prefixes: [MapCase] = [
        MapCase(
            name: "longest match", spec: spec(.lpmTrie, entries: 16),
            steps: [
                .update(prefix(16, 192, 168), 1, flags: 0), .update(prefix(24, 192, 168), 2, flags: 0),
                .update(prefix(24, 192, 168, 128), 3, flags: 0), .update(prefix(24, 192, 168, 1), 4, flags: 0),
                .update(prefix(23, 192, 168), 5, flags: 0), .update(prefix(0, 9, 9, 9, 9), 6, flags: 0),
                .update(prefix(32, 192, 168, 1, 1), 7, flags: 0), .walk(sorted: false),
            ]
                + [(32, 1, 1), (32, 1, 2), (24, 1, 0), (23, 0, 0), (22, 0, 0), (16, 0, 0), (15, 0, 0), (0, 0, 0)].map {
                    .lookup(prefix($0, 192, 168, $1, $2), flags: 0)
                } + [
                    .lookup(prefix(32, 10), flags: 0), .lookup(prefix(33, 192, 168), flags: 0),
                    .lookup(prefix(255, 192, 168), flags: 0), .next(after: prefix(24, 192, 168, 77)),
                    .next(after: prefix(33, 192, 168)), .next(after: prefix(17, 192, 168)),
                ]),
        MapCase(
            name: "forks", spec: spec(.lpmTrie, entries: 16),
            steps: [
                .update(prefix(32, 10, 0, 0, 1), 1, flags: 0), .update(prefix(32, 10, 0, 0, 2), 2, flags: 0),
                .lookup(prefix(30, 10), flags: 0), .delete(prefix(30, 10)), .update(prefix(30, 10), 3, flags: 2),
                .update(prefix(30, 10), 3, flags: 1), .update(prefix(30, 10), 3, flags: 1), .walk(sorted: false),
                .delete(prefix(30, 10)), .walk(sorted: false), .lookup(prefix(32, 10, 0, 0, 3), flags: 0),
                .delete(prefix(32, 10, 0, 0, 1)), .walk(sorted: false), .lookup(prefix(32, 10, 0, 0, 2), flags: 0),
                .delete(prefix(32, 10, 0, 0, 2)), .walk(sorted: false), .update(prefix(33, 10), 1, flags: 0),
                .delete(prefix(33, 10)), .update(prefix(0, 0), 1, flags: 0), .lookup(prefix(0, 0), flags: 0),
                .delete(prefix(0, 77)), .walk(sorted: false),
            ]),
        MapCase(
            name: "bits behind the prefix", spec: spec(.lpmTrie, entries: 16),
            steps: [
                .update(prefix(8, 10, 1, 2, 3), 1, flags: 0), .update(prefix(8, 10, 9, 9, 9), 2, flags: 1),
                .update(prefix(8, 10, 9, 9, 9), 2, flags: 0), .walk(sorted: false),
                .lookup(prefix(32, 10, 200, 1, 1), flags: 0), .delete(prefix(8, 10)), .walk(sorted: false),
            ]),
    ]
}
