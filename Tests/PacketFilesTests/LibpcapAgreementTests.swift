import CPcap
import Glibc
import PacketBuffers
import PacketFiles
import TestKit
import Testing

/// What libpcap reads of a capture, before its end or its error.
private struct LibpcapContents: Equatable {
    struct Packet: Equatable {
        var bytes: [UInt8]
        var originalLength: UInt32
    }

    var packets: [Packet] = []
    var error: String?

    init(_ contents: CaptureContents) {
        packets = contents.packets.map { Packet(bytes: $0.bytes, originalLength: $0.originalLength) }
        error = contents.error
    }

    init(libpcap file: [UInt8]) {
        var file = file
        unsafe file.withUnsafeMutableBytes { bytes in
            var message = [CChar](repeating: 0, count: Int(PCAP_ERRBUF_SIZE))
            guard let stream = unsafe fmemopen(bytes.baseAddress, bytes.count, "rb") else { return }
            guard let handle = unsafe pcap_fopen_offline(stream, &message) else {
                error = String(decoding: message.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
                unsafe fclose(stream)
                return
            }
            defer { unsafe pcap_close(handle) }
            while true {
                var header: UnsafeMutablePointer<pcap_pkthdr>?
                var data: UnsafePointer<UInt8>?
                let result = unsafe pcap_next_ex(handle, &header, &data)
                guard result == 1, let header = unsafe header?.pointee, let data = unsafe data else {
                    if result == PCAP_ERROR { error = unsafe String(cString: pcap_geterr(handle)) }
                    return
                }
                let captured = unsafe UnsafeBufferPointer(start: data, count: Int(header.caplen))
                unsafe packets.append(Packet(bytes: Array(captured), originalLength: header.len))
            }
        }
    }
}

/// Damaged or not, a capture has the packets libpcap finds in it.
@Suite struct LibpcapAgreementTests {
    private static func compare(_ file: [UInt8], _ comment: String) {
        if file.isEmpty { return }
        let contents = CaptureContents(file)
        let ours = LibpcapContents(contents)
        let theirs = LibpcapContents(libpcap: file)
        if differenceIsMeant(contents, theirs) { return }
        #expect(ours.packets == theirs.packets, "\(comment): \(file.hex)")
        #expect(
            (ours.error == nil) == (theirs.error == nil),
            "\(comment): \(ours.error ?? "whole"), libpcap \(theirs.error ?? "whole"): \(file.hex)")
    }

    /// Whether libpcap gave up where this package goes on by design, or the other way round.
    private static func differenceIsMeant(_ ours: CaptureContents, _ theirs: LibpcapContents) -> Bool {
        // Sections of another byte order, interfaces that differ from the first one: we read them.
        if Set(ours.sections.map(\.byteOrder)).count > 1 { return true }
        if theirs.error?.contains("an interface has a") == true { return true }
        // libpcap turns round the headers that some link types have in the capturing host's byte order, and corrects
        // the length of USB transfers; we give the bytes and the lengths of the file.
        if ours.packets.contains(where: { hostOrderedLinkTypes.contains($0.linkType.rawValue) }) { return true }
        // Reserved bits of the link type: libpcap 1.10 makes a link type of them that nothing knows; later ones refuse.
        return ours.error?.contains("reserved bits") == true
    }

    /// PF log, USB with and without the mapped header, netfilter log, and CAN in Linux cooked captures.
    private static let hostOrderedLinkTypes: Set<UInt16> = [113, 117, 189, 220, 239, 276]

    @Test func `sound captures`() {
        for file in SampleFiles.all { Self.compare(file, "sample") }
    }

    @Test func `mutated captures`() {
        var random = Mutation.random("captures against libpcap")
        for number in 0..<Mutation.count {
            let file = CaptureMutationTests.mutate(random.pick(SampleFiles.all), &random)
            Self.compare(file, "input \(number)")
        }
    }
}
