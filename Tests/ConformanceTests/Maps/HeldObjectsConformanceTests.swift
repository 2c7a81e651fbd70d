import BPFMaps
import BPFModel
import LinuxBPF
import TestKit
import Testing

/// Maps of maps and maps of targets against the running kernel's.
@Suite(.enabled(if: KernelBPF.isAvailable, "bpf(2) may not be called here"))
struct HeldObjectsConformanceTests {
    private static func table(
        _ type: MapType, _ value: Int = 8, _ entries: Int = 4, _ flags: MapFlags = []
    ) -> MapSpec {
        MapSpec(type: type, keySize: 4, valueSize: value, maxEntries: entries, flags: flags)
    }

    /// Maps to put in: like the pattern, and unlike it in one thing each.
    private static let inside: [MapSpec] = [
        table(.array), table(.hash), table(.array, 16), table(.array, 8, 5), table(.hash, 8, 9),
        table(.array, 8, 4, .readOnlyForPrograms), table(.array, 8, 4, .readOnly), table(.percpuArray),
        MapSpec(type: .queue, keySize: 0, valueSize: 8, maxEntries: 4),
        MapSpec(type: .queue, keySize: 0, valueSize: 8, maxEntries: 8),
        MapSpec(type: .ringbuf, keySize: 0, valueSize: 0, maxEntries: 8192),
    ]

    @Test(arguments: [MapType.arrayOfMaps, .hashOfMaps])
    func whatMayBeInside(type: MapType) throws {
        let agreement = Agreement("\(type.name), what may be inside", engine: "Linux \(KernelBPF.release)")
        for pattern in Self.inside where pattern.flags != .readOnly {
            let kernelPattern = try KernelMap(pattern)
            let spec = MapSpec(type: type, keySize: 4, valueSize: 4, maxEntries: 2, inner: pattern)
            let pair = try MapPair(spec, inner: kernelPattern)
            for candidate in Self.inside {
                let ours = try Map(candidate)
                let kernel = try KernelMap(candidate)
                agreement.compare(
                    "\(candidate.type.name) \(candidate.valueSize) \(candidate.maxEntries) "
                        + "\(candidate.flags.rawValue) in \(pattern.type.name) \(pattern.valueSize)",
                    expected: Self.put(kernel, in: pair.kernel, UInt32(0).memory, 0),
                    found: Self.put(ours, in: pair.ours, UInt32(0).memory, .any))
            }
        }
        #expect(agreement.report().isEmpty)
    }

    @Test(arguments: [MapType.arrayOfMaps, .hashOfMaps])
    func everyUpdateAndDeletion(type: MapType) throws {
        let agreement = Agreement("\(type.name), updates", engine: "Linux \(KernelBPF.release)")
        let pattern = Self.table(.array)
        let kernelInner = try KernelMap(pattern)
        let inner = try Map(pattern)
        let pair = try MapPair(
            MapSpec(type: type, keySize: 4, valueSize: 4, maxEntries: 2, inner: pattern), inner: kernelInner)
        func both(_ name: String, _ call: MapPair.Call) {
            let results = pair.results(of: call)
            agreement.compare(name, expected: results.kernel, found: results.ours)
        }
        for key in [0, 5, 0, 7, 9] as [UInt32] {
            both("delete \(key)", .delete(key.memory))
            for mode in UpdateMode.allCases {
                agreement.compare(
                    "update \(key) \(mode)",
                    expected: Self.put(kernelInner, in: pair.kernel, key.memory, mode.rawValue),
                    found: Self.put(inner, in: pair.ours, key.memory, mode))
            }
            let isThere = (try? pair.kernel.lookup(key.memory)) != nil
            agreement.compare("lookup \(key)", expected: isThere, found: (try? pair.ours.lookup(key.memory)) != nil)
            // Of several keys in a hash, which comes first is the hash's own affair.
            if type == .arrayOfMaps || pair.ours.count == 1 { both("next of absent", .next([99, 0, 0, 0])) }
        }
        both("delete", .delete(UInt32(0).memory))
        both("delete again", .delete(UInt32(0).memory))
        #expect(agreement.report().isEmpty)
    }

    private static func put(_ map: Map, in outer: Map, _ key: [UInt8], _ mode: UpdateMode) -> String {
        MapPair.text { () throws(Errno) in
            try outer.update(key, map, mode: mode)
            return []
        }
    }

    private static func put(_ map: KernelMap, in outer: KernelMap, _ key: [UInt8], _ flags: UInt64) -> String {
        MapPair.text { () throws(Errno) in
            do throws(KernelError) { try outer.update(key, map: map, flags: flags) } catch { throw error.errno }
            return []
        }
    }

    /// Interface 1 is always there; others are left out, since the kernel asks whether they exist.
    @Test(arguments: [MapType.devmap, .devmapHash, .cpumap], [4, 8])
    func targets(type: MapType, valueSize: Int) throws {
        let agreement = Agreement("\(type.name) of \(valueSize) bytes", engine: "Linux \(KernelBPF.release)")
        let pair = try MapPair(MapSpec(type: type, keySize: 4, valueSize: valueSize, maxEntries: 2))
        func value(_ number: UInt32, _ program: Int32 = 0) -> [UInt8] {
            number.memory + (valueSize == 8 ? program.memory : [])
        }
        var calls: [MapPair.Call] = [.lookup(UInt32(0).memory), .next(nil)]
        for key in [0, 7, 9] as [UInt32] {
            for number in [1, 0] as [UInt32] {
                for flags in [0, 1, 2, 3, 4, 8] as [UInt64] {
                    calls.append(.update(key.memory, value(number), flags: flags))
                    calls.append(.lookup(key.memory))
                }
            }
            calls += [.update(key.memory, value(1, -1)), .next(key.memory)]
        }
        calls += [.update(UInt32(0).memory, value(16384 + 1)), .lookup(UInt32(0).memory), .next(UInt32(5).memory)]
        for key in [0, 0, 7, 7, 9, 100] as [UInt32] { calls += [.delete(key.memory), .lookup(key.memory)] }
        for (number, call) in calls.enumerated() {
            // The kernel has no interface 16385, which is no matter of the map's.
            if type != .cpumap, case .update(_, let bytes, _) = call, bytes[1] != 0 { continue }
            let results = pair.results(of: call)
            // The order of a hash's keys is its own.
            if type == .devmapHash, case .next(.some) = call { continue }
            agreement.compare("\(number) \(call)", expected: results.kernel, found: results.ours)
        }
        #expect(agreement.report().isEmpty)
    }

    /// Arrays of programs and of events, as far as no descriptor is needed.
    @Test(arguments: [MapType.progArray, .perfEventArray, .ringbuf])
    func withoutDescriptors(type: MapType) throws {
        let agreement = Agreement("\(type.name), no descriptor", engine: "Linux \(KernelBPF.release)")
        let size = type == .ringbuf ? 0 : 4
        let pair = try MapPair(
            MapSpec(type: type, keySize: size, valueSize: size, maxEntries: type == .ringbuf ? 4096 : 2))
        let absent = Int32(99_999).memory
        var calls: [MapPair.Call] = []
        if type == .ringbuf {
            calls = [.lookup([]), .update([], []), .delete([]), .next(nil)]
        } else {
            calls = [.next(nil), .next(UInt32(0).memory), .next(UInt32(1).memory), .next(UInt32(9).memory)]
            for key in [0, 5] as [UInt32] {
                calls += [.lookup(key.memory), .delete(key.memory)]
                calls += [0, 1, 2, 3, 4].map { .update(key.memory, absent, flags: $0) }
            }
            calls += [.freeze, .update(UInt32(0).memory, absent), .delete(UInt32(0).memory)]
        }
        for (number, call) in calls.enumerated() {
            let results = pair.results(of: call)
            agreement.compare("\(number) \(call)", expected: results.kernel, found: results.ours)
        }
        #expect(agreement.report().isEmpty)
    }
}
