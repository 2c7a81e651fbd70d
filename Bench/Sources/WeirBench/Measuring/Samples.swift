/// Repeated measurements of one thing.
struct Samples {
    private(set) var values: [Double] = []

    mutating func add(_ value: Double) { values.append(value) }

    var isEmpty: Bool { values.isEmpty }

    /// The least, which is what the machine can do when nothing disturbs it; 0 where nothing was measured.
    var least: Double { values.min() ?? 0 }
    /// The greatest; 0 where nothing was measured.
    var greatest: Double { values.max() ?? 0 }
    /// The middle one; 0 where nothing was measured.
    var median: Double {
        let sorted = values.sorted()
        guard !sorted.isEmpty else { return 0 }
        let middle = sorted.count / 2
        return sorted.count.isMultiple(of: 2) ? (sorted[middle - 1] + sorted[middle]) / 2 : sorted[middle]
    }
}

extension Samples: Encodable {
    private enum CodingKeys: String, CodingKey { case least, median, greatest, count }

    func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(least, forKey: .least)
        try container.encode(median, forKey: .median)
        try container.encode(greatest, forKey: .greatest)
        try container.encode(values.count, forKey: .count)
    }
}
