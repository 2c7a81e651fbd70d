import ClassicBPF
import PacketBuffers
import PacketCapture
import PacketFiles
import TestKit
import Testing

/// Damaged expressions must end in a program or in a clean error.
@Suite struct ExpressionMutation {
    static let vocabulary = [
        "ip", "ip6", "tcp", "udp", "icmp", "arp", "host", "net", "port", "portrange", "proto", "protochain", "src",
        "dst", "and",
        "or", "not", "(", ")", "[", "]", "<", ">", "=", "!=", "&", "|", "<<", ">>", "+", "-", "*", "/", "%", "len",
        "vlan",
        "mpls", "pppoes", "geneve", "broadcast", "multicast", "gateway", "ether", "wlan", "type", "subtype", "less",
        "greater",
        "inbound", "llc", "10.0.0.1", "10.0.0.0/8", "::1", "fe80::/10", "00:11:22:33:44:55", "80", "20-25", "domain",
        "\\tcp",
        "mask", "255.255.0.0", "0", "1", "0xffffffff", "4294967295", "tcp[13]", "ip[0]", "ether[0:4]", "tcpflags",
        "tcp-syn",
        "iso", "stp", "decnet", "lat", "radio", "link", "ra", "dir", "oam", "vpi", "sio", "byte", "ifindex", "\\",
        "$7f", "'",
    ]

    @Test func damagedExpressionsEndCleanly() {
        var random = Mutation.random("filter expressions")
        let linkTypes = LinkType.knownToLibpcap
        var accepted = 0
        for round in 0..<Mutation.count {
            let compiler = FilterCompiler(
                linkType: random.oneIn(3) ? random.pick(linkTypes) : .ethernet,
                origin: random.oneIn(3) ? .file(random.pick(ByteOrder.allCases)) : .interface,
                netmask: random.oneIn(4) ? 0xffff_ff00 : nil, optimizes: !random.oneIn(3), nameLookup: .refused)
            let text = Self.expression(&random)
            do throws(FilterError) {
                #expect(try !compiler.compile(FilterExpression(text)).instructions.isEmpty)
                accepted += 1
            } catch {
                let isClean = !error.message.isEmpty && !error.advice.isEmpty && error.code != .timeLimitExceeded
                #expect(isClean, "round \(round): \(text): \(error)")
            }
        }
        print("filter expressions: \(accepted) of \(Mutation.count) accepted")
        #expect(accepted > Mutation.count / 20)
    }

    /// Words of the language in random order, or a good expression, with a few bytes damaged now and then.
    private static func expression(_ random: inout SeededRandom) -> String {
        var words: [String] =
            random.oneIn(3)
            ? (0..<Int.random(in: 1...12, using: &random)).map { _ in random.pick(vocabulary) }
            : random.pick(good).split(separator: " ").map(String.init)
        for _ in 0..<Int.random(in: 0...2, using: &random) {
            let index = Int.random(in: 0..<words.count, using: &random)
            switch Int.random(in: 0..<4, using: &random) {
            case 0: words[index] = random.pick(vocabulary)
            case 1: words.insert(random.pick(vocabulary), at: index)
            case 2 where words.count > 1: words.remove(at: index)
            default: words.append(contentsOf: [random.pick(["and", "or", "and not"]), words[index]])
            }
        }
        var bytes = Array(words.joined(separator: " ").utf8)
        if random.oneIn(3), !bytes.isEmpty {
            bytes[Int.random(in: 0..<bytes.count, using: &random)] = UInt8.random(in: 0...255, using: &random)
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    private static let good = [
        "tcp port 80 or udp port 53", "host 10.0.0.1 and not arp", "ip6 and src net fe80::/10",
        "vlan 5 and ( ip or ip6 )",
        "tcp[tcpflags] & ( tcp-syn | tcp-fin ) != 0 and not src and dst net 10.0.0.0/8", "ether host 00:11:22:33:44:55",
        "len > 100 and ip[8] < 5", "icmp[icmptype] = icmp-echo", "portrange 20-25 and ( tcp or sctp )",
        "ip protochain 6",
        "mpls 5 and ip", "pppoes and tcp", "ip broadcast or ether multicast", "less 64", "ip proto \\tcp",
        "ip[2:2] - ( ( ip[0] & 0xf ) << 2 ) != 0", "geneve 7 and tcp", "ether proto 0x88cc", "iso proto 5", "llc s",
    ]
}
