import ClassicBPF
import PacketCapture
import Testing

/// Which words count as names that libpcap would look up: seen through a compiler that refuses them.
@Suite struct NameLookupTests {
    private let compiler = FilterCompiler(nameLookup: .refused)

    @Test(arguments: [
        ("host foo", "foo", 5), ("foo", "foo", 0), ("src net backbone", "backbone", 8), ("gateway rtr", "rtr", 8),
        ("port 80 or (tcp and foo)", "foo", 20), ("port domain and host a.example", "a.example", 21),
        ("udp foo", "foo", 4), ("ether host box", "box", 11), ("host 1-2", "1-2", 5), ("host \\tcp", "\\tcp", 5),
        ("wlan type mgt and foo", "foo", 18), ("(port 80) or foo", "foo", 13), ("len-1", "len-1", 0),
        ("host fe80:", "fe80", 5), ("host dead:beef", "dead", 5), ("tcp[0:foo]", "foo", 6),
        ("hosst 1.2.3.4", "hosst", 0),
        ("host a_", "a", 5), ("host -foo", "foo", 6), ("host 1.2.3.4.5", "1.2.3.4.5", 5),
    ])
    func names(expression: String, name: String, offset: Int) {
        do throws(FilterError) {
            let program = try compiler.compile(FilterExpression(expression))
            Issue.record("accepted: \(program.listing())")
        } catch {
            #expect(error.code == .nameLookupRefused)
            #expect(error.message == "'\(name)' at offset \(offset) is a name that would have to be looked up")
        }
    }

    @Test(arguments: [
        "host 10.0.0.1", "host fe80::1", "host ::1", "host ::ffff:1.2.3.4", "net 10", "net 192.168", "host 1::",
        "ether host 00:11:22:aa:bb:cc", "ether host 0-11-22-aa-bb-cc", "ether host 0011.22aa.bbcc",
        "ether host 001122aabbcc",
        "port domain or ssh", "portrange 20-21", "ip proto \\tcp", "tcp[tcpflags] & (tcp-syn|tcp-fin) != 0",
        "icmp6[icmp6type] = icmp6-echo", "ether proto \\ip and udp port 53", "net 10.0.0.0 mask 255.0.0.0",
        "llc u", "ip[0x1:2] = 0xff", "host 2001:db8:0:0:1:0:0:1", "host 2001:db8::1:0:0:1 and not port 22",
    ])
    func addressesAndKeywordsAreNot(expression: String) {
        #expect(throws: Never.self) { try compiler.compile(FilterExpression(expression)) }
    }
}
