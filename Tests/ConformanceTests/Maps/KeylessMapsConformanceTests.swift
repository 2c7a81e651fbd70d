import BPFMaps
import BPFModel
import LinuxBPF
import TestKit
import Testing

/// Queues, stacks and bloom filters against the running kernel's: same calls, same results, same errors.
@Suite(.enabled(if: KernelBPF.isAvailable, "bpf(2) may not be called here"))
struct KeylessMapsConformanceTests {
    private static func value(_ number: UInt64) -> [UInt8] { number.memory }

    /// Every call in every state, with every flag.
    private static let calls: [MapPair.Call] =
        [.lookup([]), .pop, .lookup([1, 2, 3, 4]), .delete([]), .next(nil)]
        + [0, 1, 2, 3, 4, 8, 16, 32, 1 << 32].map { .update([], value($0 + 100), flags: $0) }
        + [.lookup([]), .update([], value(7)), .update([], value(8)), .update([], value(9), flags: 2), .lookup([])]
        + [.update([], [1, 2]), .update([1], value(1)), .pop, .pop, .pop, .pop, .update([], value(3)), .freeze]
        + [.lookup([]), .pop, .update([], value(4))]

    @Test(arguments: [MapType.queue, .stack], [MapFlags(), .readOnly, .writeOnly, .readOnlyForPrograms])
    func everyCall(type: MapType, flags: MapFlags) throws {
        let agreement = Agreement("\(type.name), flags \(flags.rawValue)", engine: "Linux \(KernelBPF.release)")
        let pair = try MapPair(MapSpec(type: type, keySize: 0, valueSize: 8, maxEntries: 2, flags: flags))
        for (number, call) in Self.calls.enumerated() {
            // The oracle refuses arrays of the wrong length itself: the kernel reads as many bytes as it needs.
            if case .freeze = call, flags == .readOnly { continue }  // No descriptor here is read-only.
            if case .update(let key, let value, _) = call, value.count != 8 || !key.isEmpty { continue }
            let results = pair.results(of: call)
            agreement.compare("\(number) \(call)", expected: results.kernel, found: results.ours)
        }
        #expect(agreement.report().isEmpty)
    }

    @Test(arguments: [MapType.queue, .stack])
    func randomCalls(type: MapType) throws {
        var random = Mutation.random("\(type.name), random calls")
        let agreement = Agreement("\(type.name), random calls", engine: "Linux \(KernelBPF.release)")
        for size in [1, 3, 8, 13, 64] {
            let pair = try MapPair(
                MapSpec(type: type, keySize: 0, valueSize: size, maxEntries: Int.random(in: 1...9, using: &random)))
            for number in 0..<400 {
                let call: MapPair.Call =
                    switch Int.random(in: 0..<8, using: &random) {
                    case 0...3: .update([], random.bytes(size), flags: random.oneIn(3) ? 2 : 0)
                    case 4: .lookup([])
                    default: .pop
                    }
                let results = pair.results(of: call)
                agreement.compare("\(size) bytes, \(number) \(call)", expected: results.kernel, found: results.ours)
            }
        }
        #expect(agreement.report().isEmpty)
    }

    @Test func bloomFilters() throws {
        let agreement = Agreement("bloom_filter", engine: "Linux \(KernelBPF.release)")
        for (flags, extra) in [(MapFlags(), UInt64(0)), (.zeroSeed, 3), (.readOnly, 15), (.writeOnly, 1)] {
            var spec = MapSpec(type: .bloomFilter, keySize: 0, valueSize: 8, maxEntries: 1000, flags: flags)
            spec.extra = extra
            let pair = try MapPair(spec)
            var calls: [MapPair.Call] = [.contains(Self.value(5)), .delete([]), .next(nil)]
            calls += [0, 1, 2, 3, 4, 8, 16].map { .update([], Self.value(5), flags: $0) }
            calls += (0..<50).map { .update([], Self.value($0)) } + (0..<50).map { .contains(Self.value($0)) }
            for (number, call) in calls.enumerated() {
                let results = pair.results(of: call)
                agreement.compare("\(flags) \(number) \(call)", expected: results.kernel, found: results.ours)
            }
        }
        #expect(agreement.report().isEmpty)
    }

    /// A filter answers falsely about as often as Linux's does.
    @Test func falseAnswersAreAsRareAsInLinux() throws {
        let pair = try MapPair(MapSpec(type: .bloomFilter, keySize: 0, valueSize: 8, maxEntries: 2000))
        for number in 0..<2000 as Range<UInt64> {
            try pair.ours.push(Self.value(number))
            try pair.kernel.update([], Self.value(number))
        }
        var found = (ours: 0, kernel: 0)
        for number in 10_000..<30_000 as Range<UInt64> {
            let results = pair.results(of: .contains(Self.value(number)))
            if results.ours == "[]" { found.ours += 1 }
            if results.kernel == "[]" { found.kernel += 1 }
        }
        print("bloom_filter: \(found.ours) false answers of 20000, in Linux \(found.kernel)")
        // 5 hashes over 16384 bits for 2000 values: about 2 in 100.
        #expect(found.ours < 800 && found.kernel < 800)
    }
}
