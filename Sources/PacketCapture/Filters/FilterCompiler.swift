public import ClassicBPF
public import PacketBuffers
public import PacketFiles
import Synchronization

/// Compiles filter expressions into classic BPF, by libpcap and only by it.
///
///     let program = try FilterCompiler(linkType: .ethernet).compile("tcp port 80")
///
/// A program is what `tcpdump -d -y LINKTYPE` prints for the same expression. Compiling is safe for any input: the text is
/// bounded, name lookups can be forbidden, and libpcap runs on a thread of its own with a deep stack and a time limit. What
/// cannot be done inside one process is to end a thread that libpcap keeps busy, so an expression on which its optimizer never
/// ends costs one processor until the process ends.
public struct FilterCompiler: Hashable, Sendable {
    /// Whether host and network names in an expression may be looked up, which may ask name servers.
    public enum NameLookup: Hashable, Sendable {
        /// Ask the system's resolver, as tcpdump does.
        case allowed
        /// Refuse an expression with a host or network name, before libpcap sees it.
        case refused
    }

    /// Where the packets come from, which changes what libpcap makes of a few expressions.
    public enum Origin: Hashable, Sendable {
        /// An interface of this machine, as `tcpdump -d -y LINKTYPE` assumes: `inbound`, `ifindex` and the like ask its kernel.
        case interface
        /// A capture file whose numbers are in this byte order, as `tcpdump -r FILE` assumes: in BSD loopback headers, the
        /// address families of every system count, and what files don't hold (`inbound`, `ifindex`) is refused.
        case file(ByteOrder)
    }

    /// The longest expression, in bytes of UTF-8.
    public static let maximumLength = 65_536
    /// The longest expression that is optimized: libpcap's optimizer takes memory by the square of the length, more than
    /// a gigabyte for 16 KiB of port ranges, and time by its cube.
    public static let maximumOptimizedLength = 16_384

    /// The link type of the packets to filter.
    public var linkType: LinkType
    /// Where the packets come from.
    public var origin: Origin
    /// What a matching packet's program returns: the number of bytes to keep, from 1 through 2^31 - 1.
    public var snapLength: Int
    /// The IPv4 mask of the captured network, as a number (0xffffff00 for /24), which only `ip broadcast` needs.
    public var netmask: UInt32?
    /// Whether libpcap optimizes the program.
    public var optimizes: Bool
    /// Whether names may be looked up.
    public var nameLookup: NameLookup
    /// How long libpcap may take; nil for no limit.
    public var timeLimit: Duration?

    /// A compiler with these settings; the defaults are tcpdump's.
    public init(
        linkType: LinkType = .ethernet, origin: Origin = .interface, snapLength: Int = 262_144, netmask: UInt32? = nil,
        optimizes: Bool = true,
        nameLookup: NameLookup = .allowed, timeLimit: Duration? = .seconds(60)
    ) {
        self.linkType = linkType
        self.origin = origin
        self.snapLength = snapLength
        self.netmask = netmask
        self.optimizes = optimizes
        self.nameLookup = nameLookup
        self.timeLimit = timeLimit
    }

    /// One compilation at a time: libpcap's own code is safe for threads, the lookups of every platform are not.
    private static let turn = Mutex(())

    /// Compiles `expression`, or says why not: in libpcap's words where it refuses.
    public func compile(_ expression: FilterExpression) throws(FilterError) -> ClassicProgram {
        let text = expression.text.utf8
        let maximum = optimizes ? Self.maximumOptimizedLength : Self.maximumLength
        guard text.count <= maximum else { throw .tooLong(text.count, maximum: maximum, optimizes: optimizes) }
        if let index = text.firstIndex(of: 0) {
            throw .containsNUL(at: text.distance(from: text.startIndex, to: index))
        }
        guard let snapLength = Int32(exactly: snapLength), snapLength > 0 else { throw .badSnapLength(snapLength) }
        if nameLookup == .refused, let name = FilterWords(expression.text).firstLookedUpName {
            throw .nameLookupRefused(name.text, at: name.offset)
        }
        let job = FilterCompilation(
            text: expression.text, linkType: linkType, origin: origin, snapLength: snapLength,
            netmask: netmask ?? FilterCompilation.unknownNetmask, optimizes: optimizes)
        return try Self.turn.withLock { _ throws(FilterError) in try job.run(within: timeLimit) }
    }
}
