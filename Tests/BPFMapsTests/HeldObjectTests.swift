import BPFMaps
import BPFModel
import TestKit
import Testing

/// How long maps of maps and programs keep what is in them, and what they refuse.
@Suite struct HeldObjectTests {
    private static let pattern = MapSpec(type: .array, keySize: 4, valueSize: 8, maxEntries: 1)
    private static let key: [UInt8] = [0, 0, 0, 0]

    private static func outer(_ type: MapType) throws -> Map {
        try Map(MapSpec(type: type, keySize: 4, valueSize: 4, maxEntries: 4, inner: pattern))
    }

    /// A replaced map goes when no slot has it any more; no run is on that may have found it.
    @Test(arguments: [MapType.arrayOfMaps, .hashOfMaps])
    func replacedMapsLiveOn(type: MapType) throws {
        let outer = try Self.outer(type)
        weak var first: Map?
        do {
            let inner = try Map(Self.pattern)
            first = inner
            try outer.update(Self.key, inner)
            try outer.update([1, 0, 0, 0], inner)
        }
        let second = try Map(Self.pattern)
        try outer.update(Self.key, second)
        #expect(try outer.map(at: Self.key) === second)
        #expect(try outer.map(at: [1, 0, 0, 0]) === first)
        // The other slot still has it.
        #expect(first != nil)
        try outer.delete([1, 0, 0, 0])
        #expect(eventually { first == nil })
    }

    /// While a run is on that may have found a map, the map stays.
    @Test func replacedMapsStayForRuns() throws {
        let outer = try Self.outer(.arrayOfMaps)
        weak var first: Map?
        do {
            let inner = try Map(Self.pattern)
            first = inner
            try outer.update(Self.key, inner)
        }
        let run = RunMark()
        run.begin()
        try outer.delete(Self.key)
        run.begin()
        run.end()
        #expect(first != nil, "a run within the run has ended")
        run.end()
        #expect(eventually { first == nil })
    }

    @Test func whatIsInAMapGoesWithIt() throws {
        weak var inner: Map?
        do {
            let outer = try Self.outer(.hashOfMaps)
            let map = try Map(Self.pattern)
            try outer.update(Self.key, map)
            inner = map
        }
        #expect(eventually { inner == nil })
    }

    private final class Program: HeldProgram {
        let callers: ProgramCallers
        let slotNumber: UInt32 = 5
        /// The map that the program uses.
        let map: Map?

        init(_ type: ProgramType, map: Map? = nil) {
            callers = ProgramCallers(type: type, engine: "test")
            self.map = map
        }

        var slotAddress: UInt64 { UInt64(UInt(bitPattern: ObjectIdentifier(self))) }
    }

    @Test func programsAreAlike() throws {
        let map = try Map(MapSpec(type: .progArray, keySize: 4, valueSize: 4, maxEntries: 2))
        try map.update(Self.key, program: Program(.xdp))
        #expect(throws: Errno.invalid) { try map.update(Self.key, program: Program(.socketFilter)) }
        #expect(try map.lookup(Self.key) == [5, 0, 0, 0])
        #expect(throws: Errno.tooBig) { try map.update([2, 0, 0, 0], program: Program(.xdp)) }
        #expect(throws: Errno.invalid) { try map.update(Self.key, try Map(Self.pattern)) }
        #expect(throws: Errno.invalid) { try map.map(at: Self.key) }
        #expect(throws: Errno.noEntry) { _ = try map.program(at: [1, 0, 0, 0]) }
        try map.freeze()
        #expect(throws: Errno.notPermitted) { try map.update(Self.key, program: Program(.xdp)) }
    }

    /// A program that uses the array it is in holds what holds it, until the array is emptied.
    @Test func emptyingEndsCircles() throws {
        weak var program: Program?
        do {
            let map = try Map(MapSpec(type: .progArray, keySize: 4, valueSize: 4, maxEntries: 2))
            let circle = Program(.xdp, map: map)
            try map.update(Self.key, program: circle)
            program = circle
            map.removeAll()
        }
        #expect(eventually { program == nil })
    }

    @Test func otherMapsHoldNothing() throws {
        let map = try Map(Self.pattern)
        #expect(throws: Errno.invalid) { try map.update(Self.key, map) }
        #expect(throws: Errno.invalid) { try map.map(at: Self.key) }
        map.removeAll()
        #expect(throws: Errno.invalid) { try map.push([1]) }
        #expect(throws: Errno.invalid) { try map.pop() }
        #expect(throws: Errno.invalid) { try map.peek() }
        #expect(throws: Errno.invalid) { try map.contains([1]) }
    }

    @Test(arguments: [
        (MapSpec(type: .queue, keySize: 4, valueSize: 8, maxEntries: 1), "EINVAL: key size of a queue is 4, must be 0"),
        (
            MapSpec(type: .stack, keySize: 0, valueSize: (4 << 20) + 8, maxEntries: 1),
            "E2BIG: value size is 4194312, at most 4194304 are possible"
        ),
        (
            MapSpec(type: .ringbuf, keySize: 0, valueSize: 0, maxEntries: 12288),
            "EINVAL: size of a ring is 12288 bytes, must be a power of two from 4096 to 2147483648"
        ),
        (
            MapSpec(type: .devmap, keySize: 4, valueSize: 12, maxEntries: 1),
            "EINVAL: value size of a devmap is 12, must be 4 or 8"
        ),
        (
            MapSpec(type: .progArray, keySize: 8, valueSize: 4, maxEntries: 1),
            "EINVAL: key size of a prog_array is 8, must be 4"
        ),
        (
            MapSpec(type: .arrayOfMaps, keySize: 4, valueSize: 4, maxEntries: 1),
            "EINVAL: array_of_maps needs an inner map as the pattern of those it will hold"
        ),
        (
            MapSpec(
                type: .hashOfMaps, keySize: 4, valueSize: 4, maxEntries: 1,
                inner: MapSpec(type: .hashOfMaps, keySize: 4, valueSize: 4, maxEntries: 1)),
            "EINVAL: hash_of_maps can't hold maps of type hash_of_maps: maps nest only once"
        ),
        (
            MapSpec(
                type: .hashOfMaps, keySize: 4, valueSize: 4, maxEntries: 1,
                inner: MapSpec(type: .progArray, keySize: 4, valueSize: 4, maxEntries: 1)),
            "ENOTSUPP: hash_of_maps can't hold maps of type prog_array"
        ),
        (
            MapSpec(type: .cpumap, keySize: 4, valueSize: 4, maxEntries: 8193),
            "E2BIG: number of entries is 8193, at most 8192 are possible"
        ),
        (
            MapSpec(type: .sockmap, keySize: 4, valueSize: 4, maxEntries: 1),
            "EOPNOTSUPP: maps of type sockmap can't be made: there are no sockets here to redirect to"
        ),
        (
            MapSpec(type: .stackTrace, keySize: 4, valueSize: 8, maxEntries: 1),
            "EOPNOTSUPP: maps of type stack_trace can't be made: there are no call stacks here to keep"
        ),
    ])
    func refused(spec: MapSpec, text: String) {
        let error = #expect(throws: MapError.self) { try Map(spec) }
        #expect(error?.description == text)
    }

    @Test func aFilterHasAtMost15Hashes() {
        var spec = MapSpec(type: .bloomFilter, keySize: 0, valueSize: 8, maxEntries: 1)
        spec.extra = 16
        let error = #expect(throws: MapError.self) { try Map(spec) }
        #expect(error?.description == "EINVAL: extra of a bloom_filter is 16, at most 15 is possible")
    }
}
