/// The context of a program type: the fields its programs may read or write.
///
/// Source: Linux, `struct __sk_buff` and `struct xdp_md` in `uapi/linux/bpf.h`, and the access checks of
/// `sk_filter_is_valid_access`, `tc_cls_act_is_valid_access`, `xdp_is_valid_access`, `kprobe_prog_is_valid_access`,
/// `tp_prog_is_valid_access` and `raw_tp_prog_is_valid_access`; `struct seccomp_data` in `uapi/linux/seccomp.h`.
public struct ContextLayout: Hashable, Sendable {
    /// The structure's name in Linux.
    public let structure: String
    /// The size of the structure in bytes.
    public let size: Int
    /// Whether a part of a 4-byte number may be read alone.
    public let partialReads: Bool
    /// The fields programs of the type may use, by offset.
    public let fields: [ContextField]
    /// The fields the structure has but programs of this type may not use, by name with offset and size.
    public let hidden: [ContextField]
    /// The bytes programs may read where the context is plain memory, such as an event's record.
    ///
    /// They read it in pieces that are aligned to their size. nil where they use it field by field.
    public let readableBytes: Range<Int>?
    /// For each byte of the structure, the number of the field it belongs to; `fields.count` where there is none.
    private let fieldOfByte: [UInt8]

    init(
        structure: String, size: Int, partialReads: Bool, fields: [ContextField], hidden: [ContextField],
        readableBytes: Range<Int>?
    ) {
        self.structure = structure
        self.size = size
        self.partialReads = partialReads
        self.fields = fields
        self.hidden = hidden
        self.readableBytes = readableBytes
        fieldOfByte = (0..<size).map { byte in
            UInt8(clamping: fields.firstIndex { $0.bytes.contains(byte) } ?? fields.count)
        }
    }

    /// The field that holds the bytes at an offset, or nil where no usable field holds all of them.
    public func field(at offset: Int, size: Int) -> ContextField? {
        guard fieldOfByte.indices.contains(offset) else { return nil }
        let number = Int(fieldOfByte[offset])
        guard number < fields.count, size <= fields[number].bytes.upperBound - offset else { return nil }
        return fields[number]
    }

    /// The field with an identity, or nil where programs of the type may not use it.
    public func field(_ id: ContextField.ID) -> ContextField? { fields.first { $0.id == id } }
}

extension ProgramType {
    /// The context of programs of this type.
    public var context: ContextLayout {
        switch self {
        case .socketFilter: .socketFilter
        case .schedCls: .schedCls
        case .xdp: .xdp
        case .kprobe: .kprobe
        case .tracepoint: .tracepoint
        case .rawTracepoint: .rawTracepoint
        case .seccomp: .seccomp
        }
    }
}
