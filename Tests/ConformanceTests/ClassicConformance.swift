import ClassicBPF
import Foundation
import TestKit
import Testing

/// A packet the filter expressions were tried on.
struct FilterPacket: Decodable {
    var i: Int
    var wirelen: UInt32
    var pkt: String

    static func all() throws -> [(number: Int, wireLength: UInt32, bytes: [UInt8])] {
        try SharedData.conformance("pcap_packets.jsonl", as: FilterPacket.self).map {
            (number: $0.i, wireLength: $0.wirelen, bytes: [UInt8](hex: $0.pkt) ?? [])
        }
    }
}

/// A classic program of the kernel's own suite.
struct ClassicCase: Decodable {
    var id: Int
    var name: String
    var type: String
    var insns: String
    var data: String?
    var frag: String?
    var flags: [String]?
    var tests: [[Int]]?
    var kernelAttach: String?
    var pcapValidate: Bool?

    enum CodingKeys: String, CodingKey {
        case id, name, type, insns, data, frag, flags, tests
        case kernelAttach = "kernel_attach"
        case pcapValidate = "pcap_validate"
    }

    var program: ClassicProgram? { [UInt8](hex: insns).flatMap { try? ClassicProgram(bytes: $0.span) } }

    static func all() throws -> [ClassicCase] {
        try SharedData.conformance("kernel_test_bpf.jsonl", as: ClassicCase.self).filter { $0.type == "cbpf" }
    }
}

@Suite struct ClassicConformance {
    /// Which packets each expression's program matches, by libpcap's rules.
    @Test func matches() throws {
        let packets = try FilterPacket.all()
        let optimized = Agreement("pcap_filters.jsonl matches", engine: "classic evaluator, optimized code")
        let unoptimized = Agreement("pcap_filters.jsonl matches", engine: "classic evaluator, unoptimized code")
        for filter in try SharedData.conformance("pcap_filters.jsonl", as: FilterCase.self) {
            guard !packets.isEmpty, let match = filter.match else { continue }
            for (code, expected, agreement) in [
                (filter.opt, match, optimized), (filter.unopt, filter.matchUnopt ?? match, unoptimized),
            ] {
                guard let bytes = code.flatMap({ [UInt8](hex: $0) }) else { continue }
                let evaluator = ClassicEvaluator(try ClassicProgram(bytes: bytes.span), dialect: .libpcap)
                let found = try packets.filter { packet in
                    var metadata = ClassicMetadata()
                    metadata.wireLength = packet.wireLength
                    return try evaluator.run(on: packet.bytes.span, metadata: metadata) != 0
                }
                agreement.compare(filter.expr, expected: expected, found: found.map(\.number))
            }
        }
        #expect(optimized.report().isEmpty)
        #expect(unoptimized.report().isEmpty)
    }

    /// What Linux and libpcap accept.
    @Test func checks() throws {
        let linux = Agreement("kernel_test_bpf.jsonl (cbpf)", engine: "Linux checker")
        let libpcap = Agreement("kernel_test_bpf.jsonl (cbpf)", engine: "libpcap checker")
        for `case` in try ClassicCase.all() {
            guard let program = `case`.program else { continue }
            let isAccepted = (try? program.check(.linux)) != nil
            // Some programs were too large for the socket that recorded the answer; the suite itself says what is refused.
            let expected = `case`.flags?.contains("expected_fail") != true
            linux.compare("\(`case`.id) \(`case`.name)", expected: expected, found: isAccepted)
            if let recorded = `case`.kernelAttach, recorded != "n/a" {
                #expect((recorded == "accept") == expected, "\(`case`.name)")
            }
            if let expected = `case`.pcapValidate {
                libpcap.compare(
                    "\(`case`.id) \(`case`.name)", expected: expected, found: (try? program.check(.libpcap)) != nil)
            }
        }
        #expect(linux.report().isEmpty)
        #expect(libpcap.report().isEmpty)
    }

    /// What the kernel's suite expects its programs to return.
    @Test func results() throws {
        let agreement = Agreement("kernel_test_bpf.jsonl (cbpf)", engine: "classic evaluator")
        for `case` in try ClassicCase.all() {
            guard let program = `case`.program else { continue }
            let evaluator = ClassicEvaluator(program, dialect: .linux)
            for test in `case`.tests ?? [] where test.count == 2 {
                let packet = KernelTestPacket(`case`, length: test[0])
                let found = Result { try evaluator.run(on: packet.bytes.span, metadata: packet.metadata) }
                agreement.compare(
                    "\(`case`.id) \(`case`.name) [\(test[0])]", expected: "\(UInt32(truncatingIfNeeded: test[1]))",
                    found: found.map { "\($0)" }.description)
            }
        }
        #expect(agreement.report().isEmpty)
    }
}

extension Result where Success == String {
    /// The success, or the failure's description.
    fileprivate var description: String {
        switch self {
        case .success(let text): text
        case .failure(let error): "\(error)"
        }
    }
}

/// A packet of the kernel's suite, with the metadata its README tells.
struct KernelTestPacket {
    var bytes: [UInt8]
    var metadata = ClassicMetadata()

    init(_ case: ClassicCase, length: Int) {
        let data = `case`.data.flatMap { [UInt8](hex: $0) } ?? []
        let head = data.prefix(length) + [UInt8](repeating: 0, count: max(0, length - data.count))
        bytes = Array(head) + (`case`.frag.flatMap { [UInt8](hex: $0) } ?? [])
        if `case`.flags?.contains("no_data") == true { bytes = [] }
        metadata.linearLength = min(length, bytes.count)
        metadata.linkOffset = 0
        metadata.networkOffset = min(length, 14)
        metadata.linkProtocol = 0x0800
        metadata.packetType = 3
        metadata.mark = 0x1234_aaaa
        metadata.receiveHash = 0x1234_aaab
        metadata.queue = 123
        metadata.vlanTag = .init(control: 0xffff)
        metadata.interface = .init(index: 577, hardwareType: 588)
    }
}
