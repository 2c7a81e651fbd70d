internal import CPcap
import ClassicBPF
import Glibc
import PacketBuffers
import PacketFiles
import Synchronization

/// One call of libpcap's compiler, on a thread of its own.
///
/// Invariant: libpcap's handle, its program and its message live and die within ``compile()``; what leaves it are values. The
/// thread holds a reference to this object, so that it may outlive a caller that stops waiting.
final class FilterCompilation: Sendable {
    /// libpcap's `PCAP_NETMASK_UNKNOWN`.
    static let unknownNetmask: UInt32 = 0xffff_ffff
    /// libpcap walks the program's graph recursively, one frame a term.
    private static let stackSize = 64 << 20

    private let text: String
    private let linkType: LinkType
    private let origin: FilterCompiler.Origin
    private let snapLength: Int32
    private let netmask: UInt32
    private let optimizes: Bool
    private let completion = Completion()
    private let outcome = Mutex<Result<ClassicProgram, FilterError>?>(nil)

    init(
        text: String, linkType: LinkType, origin: FilterCompiler.Origin, snapLength: Int32, netmask: UInt32,
        optimizes: Bool
    ) {
        self.text = text
        self.linkType = linkType
        self.origin = origin
        self.snapLength = snapLength
        self.netmask = netmask
        self.optimizes = optimizes
    }

    /// Compiles on a new thread and waits for it, for `limit` at most.
    func run(within limit: Duration?) throws(FilterError) -> ClassicProgram {
        guard start() else { throw .outOfResources("a thread") }
        guard completion.wait(for: limit) else { throw .timeLimitExceeded(limit ?? .zero) }
        guard let result = outcome.withLock({ $0 }) else { throw .outOfResources("a thread") }
        return try result.get()
    }

    private func start() -> Bool {
        var attributes = pthread_attr_t()
        guard unsafe pthread_attr_init(&attributes) == 0 else { return false }
        defer { unsafe pthread_attr_destroy(&attributes) }
        unsafe pthread_attr_setstacksize(&attributes, Self.stackSize)
        unsafe pthread_attr_setdetachstate(&attributes, Int32(PTHREAD_CREATE_DETACHED))
        var thread = pthread_t()
        let context = unsafe Unmanaged.passRetained(self)
        let status = unsafe pthread_create(
            &thread, &attributes,
            { context in
                if let context = unsafe context {
                    let job = unsafe Unmanaged<FilterCompilation>.fromOpaque(context).takeRetainedValue()
                    let result = job.compile()
                    job.outcome.withLock { $0 = result }
                    job.completion.signal()
                }
                return nil
            }, context.toOpaque())
        if status != 0 { unsafe context.release() }
        return status == 0
    }

    private func compile() -> Result<ClassicProgram, FilterError> {
        guard let handle = unsafe openHandle() else { return .failure(.outOfResources("memory")) }
        defer { unsafe pcap_close(handle) }
        var program = unsafe bpf_program()
        guard unsafe pcap_compile(handle, &program, text, optimizes ? 1 : 0, netmask) == 0 else {
            return .failure(.refused(unsafe String(cString: pcap_geterr(handle))))
        }
        defer { unsafe pcap_freecode(&program) }
        let code = unsafe UnsafeBufferPointer(start: program.bf_insns, count: Int(program.bf_len))
        return .success(
            ClassicProgram(
                unsafe code.map { ClassicInstruction(code: $0.code, jt: $0.jt, jf: $0.jf, k: $0.k) }))
    }

    private func openHandle() -> OpaquePointer? {
        let precision = UInt32(PCAP_TSTAMP_PRECISION_MICRO)
        switch origin {
        case .interface:
            return unsafe pcap_open_dead_with_tstamp_precision(linkType.dataLink, snapLength, precision)
        case .file(let byteOrder):
            // libpcap has no dead handle for files, so it reads the header of one without packets.
            let header = PcapHeader(
                linkType: linkType, snapLength: UInt32(truncatingIfNeeded: snapLength), byteOrder: byteOrder
            ).bytes
            guard let file = unsafe fmemopen(nil, header.count, "w+b") else { return nil }
            unsafe fwrite(header, 1, header.count, file)
            unsafe rewind(file)
            var message = [CChar](repeating: 0, count: Int(PCAP_ERRBUF_SIZE))
            let handle = unsafe pcap_fopen_offline_with_tstamp_precision(file, precision, &message)
            if unsafe handle == nil { unsafe fclose(file) }
            return unsafe handle
        }
    }
}
