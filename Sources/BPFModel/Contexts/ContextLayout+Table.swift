extension ContextLayout {
    /// What programs of a type may do with a field.
    private enum Access { case none, read, write }

    /// A row of `struct __sk_buff`, with the access of socket filters and of classifiers.
    private struct SocketBufferRow {
        let id: ContextField.ID
        let name: String
        let offset: Int
        let size: Int
        let kind: ContextField.Kind
        let socketFilter: Access
        let schedCls: Access

        init(
            _ id: ContextField.ID, _ name: String, at offset: Int, _ size: Int = 4,
            _ kind: ContextField.Kind = .scalar, socketFilter: Access, schedCls: Access
        ) {
            self.id = id
            self.name = name
            self.offset = offset
            self.size = size
            self.kind = kind
            self.socketFilter = socketFilter
            self.schedCls = schedCls
        }
    }

    private static let socketBuffer: [SocketBufferRow] = [
        .init(.length, "len", at: 0, socketFilter: .read, schedCls: .read),
        .init(.packetType, "pkt_type", at: 4, socketFilter: .read, schedCls: .read),
        .init(.mark, "mark", at: 8, socketFilter: .read, schedCls: .write),
        .init(.queueMapping, "queue_mapping", at: 12, socketFilter: .read, schedCls: .write),
        .init(.etherProtocol, "protocol", at: 16, socketFilter: .read, schedCls: .read),
        .init(.vlanPresent, "vlan_present", at: 20, socketFilter: .read, schedCls: .read),
        .init(.vlanTCI, "vlan_tci", at: 24, socketFilter: .read, schedCls: .read),
        .init(.vlanProtocol, "vlan_proto", at: 28, socketFilter: .read, schedCls: .read),
        .init(.priority, "priority", at: 32, socketFilter: .read, schedCls: .write),
        .init(.ingressInterface, "ingress_ifindex", at: 36, socketFilter: .read, schedCls: .read),
        .init(.interface, "ifindex", at: 40, socketFilter: .read, schedCls: .read),
        .init(.tcIndex, "tc_index", at: 44, socketFilter: .read, schedCls: .write),
        .init(.control, "cb", at: 48, 20, socketFilter: .write, schedCls: .write),
        .init(.hash, "hash", at: 68, socketFilter: .read, schedCls: .read),
        .init(.tcClassID, "tc_classid", at: 72, socketFilter: .none, schedCls: .write),
        .init(.data, "data", at: 76, 4, .packet, socketFilter: .none, schedCls: .read),
        .init(.dataEnd, "data_end", at: 80, 4, .packetEnd, socketFilter: .none, schedCls: .read),
        .init(.napiID, "napi_id", at: 84, socketFilter: .read, schedCls: .read),
        .init(.dataMeta, "data_meta", at: 140, 4, .packetMeta, socketFilter: .none, schedCls: .read),
        .init(.timestamp, "tstamp", at: 152, 8, socketFilter: .none, schedCls: .write),
        .init(.wireLength, "wire_len", at: 160, socketFilter: .none, schedCls: .read),
        .init(.gsoSegments, "gso_segs", at: 164, socketFilter: .read, schedCls: .read),
        .init(.gsoSize, "gso_size", at: 176, socketFilter: .read, schedCls: .read),
        .init(.timestampType, "tstamp_type", at: 180, 1, socketFilter: .none, schedCls: .read),
    ]

    private static func socketBuffer(_ access: (SocketBufferRow) -> Access) -> ContextLayout {
        func field(_ row: SocketBufferRow) -> ContextField {
            ContextField(
                id: row.id, name: row.name, offset: row.offset, size: row.size, kind: row.kind,
                writable: access(row) == .write)
        }
        return ContextLayout(
            structure: "__sk_buff", size: 192, partialReads: true,
            fields: socketBuffer.filter { access($0) != .none }.map(field),
            hidden: socketBuffer.filter { access($0) == .none }.map(field), readableBytes: nil)
    }

    static let socketFilter = socketBuffer(\.socketFilter)
    static let schedCls = socketBuffer(\.schedCls)

    static let xdp = ContextLayout(
        structure: "xdp_md", size: 24, partialReads: false,
        fields: [
            ContextField(id: .data, name: "data", offset: 0, size: 4, kind: .packet, writable: false),
            ContextField(id: .dataEnd, name: "data_end", offset: 4, size: 4, kind: .packetEnd, writable: false),
            ContextField(id: .dataMeta, name: "data_meta", offset: 8, size: 4, kind: .packetMeta, writable: false),
            ContextField(
                id: .ingressInterface, name: "ingress_ifindex", offset: 12, size: 4, kind: .scalar, writable: false),
            ContextField(
                id: .receiveQueue, name: "rx_queue_index", offset: 16, size: 4, kind: .scalar, writable: false),
        ], hidden: [], readableBytes: nil)

    /// The registers at the probed instruction, x86-64's.
    static let kprobe = memory("pt_regs", 0..<168)
    /// An event's record, after the eight bytes the kernel keeps to itself.
    static let tracepoint = memory("trace event", 8..<8192)
    /// An event's arguments, eight bytes each.
    static let rawTracepoint = memory("bpf_raw_tracepoint_args", 0..<96)
    /// A system call: its number, the architecture, the caller's instruction and six arguments.
    static let seccomp = memory("seccomp_data", 0..<64)

    private static func memory(_ structure: String, _ bytes: Range<Int>) -> ContextLayout {
        ContextLayout(
            structure: structure, size: bytes.upperBound, partialReads: true, fields: [], hidden: [],
            readableBytes: bytes)
    }
}
