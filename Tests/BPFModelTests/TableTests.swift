import BPFModel
import Testing

/// The tables agree with themselves and with Linux's numbers.
@Suite struct TableTests {
    @Test func helpers() {
        #expect(Set(HelperPrototype.all.map(\.id)).count == HelperPrototype.all.count)
        #expect(Set(HelperPrototype.all.map(\.name)).count == HelperPrototype.all.count)
        for helper in HelperPrototype.all {
            #expect(HelperPrototype.row(of: helper.id) == helper)
            #expect(helper.name.hasPrefix("bpf_"))
            #expect(helper.arguments.count <= Register.arguments.count)
            #expect(!helper.programTypes.isEmpty)
            // Memory is followed by its size, and a size follows memory.
            for (index, argument) in helper.arguments.enumerated() {
                let next = index + 1 < helper.arguments.count ? helper.arguments[index + 1] : nil
                let needsSize: Bool =
                    switch argument {
                    case .readableMemory, .readableMemoryOrNull, .writableMemory: true
                    case .anything, .context, .map, .mapKey, .mapValue, .writableMapValue, .writableDouble,
                        .constantString, .size, .sizeOrZero, .recordSize, .record, .spinLock, .callback,
                        .callbackContext:
                        false
                    }
                let isSize = next == .size || next == .sizeOrZero
                #expect(needsSize == isSize, "\(helper.name), argument \(index)")
            }
            // Keys and values belong to the map before them.
            if helper.arguments.contains(.mapKey) || helper.arguments.contains(.mapValue) {
                #expect(helper.arguments.first == .map, "\(helper.name)")
            }
        }
        #expect(HelperPrototype.row(of: 0) == nil)
        #expect(HelperPrototype.row(of: -1) == nil)
    }

    @Test(
        arguments: [
            (1, "bpf_map_lookup_elem"), (2, "bpf_map_update_elem"), (3, "bpf_map_delete_elem"), (5, "bpf_ktime_get_ns"),
            (7, "bpf_get_prandom_u32"), (8, "bpf_get_smp_processor_id"), (26, "bpf_skb_load_bytes"),
            (68, "bpf_skb_load_bytes_relative"),
        ] as [(Int32, String)])
    func helperNumbers(id: Int32, name: String) {
        #expect(HelperPrototype.row(of: id)?.name == name)
    }

    @Test(arguments: ProgramType.allCases) func contexts(type: ProgramType) {
        let layout = type.context
        let all = layout.fields + layout.hidden
        #expect(Set(all.map(\.id)).count == all.count, "a field is twice in \(layout.structure)")
        #expect(Set(all.map(\.name)).count == all.count)
        var end = 0
        for field in all.sorted(by: { $0.offset < $1.offset }) {
            #expect(field.offset >= end, "\(field.name) overlaps the field before it")
            #expect(field.offset.isMultiple(of: min(field.size, 4)), "\(field.name) is not aligned")
            end = field.offset + field.size
        }
        #expect(end <= layout.size)
        #expect(layout.fields.map(\.offset) == layout.fields.map(\.offset).sorted())
        for field in all where field.kind != .scalar { #expect(!field.writable && field.size == 4) }
    }

    /// Every access to a context is in the field it is in, or in none.
    @Test(arguments: ProgramType.allCases) func contextAccesses(type: ProgramType) {
        let layout = type.context
        for offset in -8...(layout.size + 8) {
            for size in [1, 2, 4, 8] {
                let inside = layout.fields.filter { $0.offset <= offset && offset + size <= $0.offset + $0.size }
                #expect(inside.count <= 1)
                #expect(layout.field(at: offset, size: size) == inside.first)
            }
        }
        #expect(layout.field(at: .max, size: 8) == nil)
        #expect(layout.field(at: .min, size: 8) == nil)
    }

    /// Offsets of `struct __sk_buff` and `struct xdp_md` in Linux.
    @Test(arguments: [
        (ProgramType.schedCls, "len", 0), (.schedCls, "protocol", 16), (.schedCls, "cb", 48), (.schedCls, "data", 76),
        (.schedCls, "data_end", 80), (.schedCls, "data_meta", 140), (.schedCls, "tstamp", 152),
        (.schedCls, "gso_size", 176), (.xdp, "data", 0), (.xdp, "data_end", 4), (.xdp, "data_meta", 8),
        (.xdp, "ingress_ifindex", 12), (.xdp, "rx_queue_index", 16),
    ])
    func contextOffsets(type: ProgramType, name: String, offset: Int) {
        #expect(type.context.fields.first { $0.name == name }?.offset == offset)
    }

    /// Socket filters have no direct access to the packet.
    @Test func whatSocketFiltersMayNot() {
        let names = ProgramType.socketFilter.context.hidden.map(\.name)
        #expect(Set(names).isSuperset(of: ["data", "data_end", "data_meta", "tc_classid", "tstamp", "wire_len"]))
        let writable = ProgramType.socketFilter.context.fields.filter(\.writable).map(\.name)
        #expect(writable == ["cb"])
    }

    @Test func namesAndNumbers() {
        #expect(ProgramType.allCases.map(\.rawValue) == [1, 2, 3, 5, 6, 17, 0x8000_0001])
        for type in ProgramType.allCases { #expect(ProgramType(name: type.name) == type) }
        #expect(ProgramType(name: "lsm") == nil)
        #expect(MapType.hash.rawValue == 1 && MapType.array.rawValue == 2)
        #expect(Register.allCases.map(\.description).joined(separator: " ") == "r0 r1 r2 r3 r4 r5 r6 r7 r8 r9 r10")
        #expect(MemorySize.allCases.map(\.bits) == [8, 16, 32, 64])
        #expect(Errno.noEntry.helperResult == UInt64(bitPattern: -2))
        #expect(Errno.exists.description == "EEXIST" && Errno(rawValue: 999).description == "errno 999")
        #expect(UpdateMode.allCases.map(\.rawValue) == [0, 1, 2])
    }

    @Test(arguments: [
        ("GPL", true), ("GPL v2", true), ("Dual MIT/GPL", true), ("Dual BSD/GPL", true), ("gpl", false),
        ("MIT", false), ("", false), ("Proprietary", false),
    ])
    func licences(license: String, isCompatible: Bool) {
        #expect(ProgramSpec(type: .xdp, license: license, code: []).isGPLCompatible == isCompatible)
    }
}
