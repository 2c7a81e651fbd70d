import BPFModel

/// Replaces the names in a draft by distances and numbers.
struct Resolver {
    typealias Problem = AssemblyError.Problem

    private let draft: Draft
    private let labels: [String: Int]
    private let maps: [String: Int32]
    private(set) var problems: [Problem] = []
    /// The maps by number.
    private(set) var numberedMaps: [Int32: MapSpec] = [:]

    init(_ draft: Draft) {
        self.draft = draft
        labels = Self.labels(of: draft)
        var numbers: [String: Int32] = [:]
        var owners: [Int32: String] = [:]
        for (map, number) in Self.numbered(draft.maps) {
            if let first = owners[number] {
                problems.append(.duplicateMapNumber(number, map.spec.name, first: first, at: map.position))
            }
            owners[number] = map.spec.name
            numbers[map.spec.name] = number
            numberedMaps[number] = map.spec
        }
        maps = numbers
    }

    /// The slots of labels; `exit`, where no label is called so, is the first exit instruction.
    private static func labels(of draft: Draft) -> [String: Int] {
        var labels = draft.labels.mapValues(\.slot)
        guard labels[Keyword.exit.rawValue] == nil else { return labels }
        var slot = 0
        for line in draft.lines {
            if case .complete(.exit) = line.body {
                labels[Keyword.exit.rawValue] = slot
                break
            }
            slot += line.slotCount
        }
        return labels
    }

    /// Gives maps that ask for no number the first free ones from 1 on.
    private static func numbered(_ maps: [Draft.Map]) -> [(Draft.Map, Int32)] {
        let taken = Set(maps.compactMap(\.number))
        var next: Int32 = 1
        return maps.map { map in
            if let number = map.number { return (map, number) }
            while taken.contains(next) { next += 1 }
            defer { next += 1 }
            return (map, next)
        }
    }

    /// The instructions, without those whose names are unknown; after `limit` mistakes no more.
    mutating func instructions(limit: Int) -> [Instruction] {
        for (name, label) in draft.labels where Names.helpers[name] != nil {
            problems.append(.labelIsHelper(name, at: label.position))
        }
        var instructions: [Instruction] = []
        instructions.reserveCapacity(draft.lines.count)
        var slot = 0
        for line in draft.lines where problems.count < limit {
            slot += line.slotCount
            do throws(Problem) {
                instructions.append(try instruction(line.body, next: slot))
            } catch {
                problems.append(error)
            }
        }
        return instructions
    }

    /// An instruction with its names looked up; `next` is the slot after it, which distances count from.
    private func instruction(_ body: Draft.Body, next: Int) throws(Problem) -> Instruction {
        switch body {
        case .complete(let instruction): return instruction
        case .jump(let label):
            return .jump(try distance(to: label, from: next, as: Int16.self, remedy: "use gotol"))
        case .longJump(let label):
            return .longJump(try distance(to: label, from: next, as: Int32.self, remedy: "split the program"))
        case .branch(let condition, let width, let left, let right, let label):
            let offset = try distance(
                to: label, from: next, as: Int16.self, remedy: "jump over a gotol on the opposite condition")
            return .branch(condition, width, left, right, offset: offset)
        case .call(let callee): return .call(try target(of: callee, from: next))
        case .callLocal(let label):
            return .call(.local(try distance(to: label, from: next, as: Int32.self, remedy: "split the program")))
        case .function(let register, let label):
            // Two slots long, but distances count from the slot after the first.
            let offset = try distance(to: label, from: next - 1, as: Int32.self, remedy: "split the program")
            return .loadWide(register, .function(offset))
        case .map(let register, let map): return .loadWide(register, .map(try number(of: map)))
        case .mapValue(let register, let map, let offset):
            return .loadWide(register, .mapValue(try number(of: map), offset: offset))
        }
    }

    private func distance<Offset: FixedWidthInteger & SignedInteger>(
        to label: Draft.Reference, from next: Int, as _: Offset.Type, remedy: String
    ) throws(Problem) -> Offset {
        guard let slot = labels[label.name] else { throw .unknownLabel(label, among: labels.keys) }
        let distance = slot - next
        guard let offset = Offset(exactly: distance) else {
            let limit = Int(distance < 0 ? Offset.min : Offset.max)
            throw .tooFar(label, distance: distance, limit: limit, remedy: remedy)
        }
        return offset
    }

    private func target(of callee: Draft.Reference, from next: Int) throws(Problem) -> CallTarget {
        if let slot = draft.labels[callee.name]?.slot, let offset = Int32(exactly: slot - next) {
            return .local(offset)
        }
        guard let id = Names.helpers[callee.name] else {
            throw .unknownCallee(callee, among: Array(Names.helpers.keys) + Array(draft.labels.keys))
        }
        return .helper(id)
    }

    private func number(of map: Draft.Reference) throws(Problem) -> Int32 {
        guard let number = maps[map.name] else {
            throw .unknownMap(map, among: draft.maps.map(\.spec.name))
        }
        return number
    }
}
