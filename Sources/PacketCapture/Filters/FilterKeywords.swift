/// The reserved words of libpcap's scanner, and what each means for the names behind it.
enum FilterKeywords {
    enum Effect {
        /// Names that follow are hosts or networks.
        case looksUp
        /// Names that follow, also behind `and` and `or`, are of ports or protocols, which stand in local tables.
        case localTable
        /// The next name is one of libpcap's own words.
        case takesOneName
        /// Nothing changes.
        case none
    }

    static let effects: [String: Effect] = {
        var effects: [String: Effect] = [:]
        for (words, effect) in groups {
            for word in words.split(whereSeparator: \.isWhitespace) { effects[String(word)] = effect }
        }
        return effects
    }()

    private static let groups: [(String, Effect)] = [
        ("port portrange proto protochain", .localTable),
        (
            """
            type subtype dir direction llc on ifname rset ruleset rnr rulenum srnr subrulenum reason action
            """, .takesOneName
        ),
        (
            """
            dst src link ether ppp slip fddi tr wlan arp rarp ip sctp tcp udp icmp igmp igrp pim vrrp carp radio
            ip6 icmp6 ah esp atalk aarp decnet lat sca moprc mopdl iso esis es-is isis is-is l1 l2 iih lsp snp csnp psnp
            clnp stp ipx netbeui host net gateway address1 addr1 address2 addr2 address3 addr3 address4 addr4 ra ta
            """, .looksUp
        ),
        (
            """
            mask less greater byte broadcast multicast and or not len length inbound outbound ifindex vlan mpls pppoed
            pppoes geneve lane metac bcc oam oamf4 oamf4ec oamf4sc sc ilmic vpi vci connectmsg metaconnect
            fisu lssu lsu msu hfisu hlssu hmsu sio opc dpc sls hsio hopc hdpc hsls
            """, .none
        ),
        (
            """
            icmptype icmpcode icmp-echoreply icmp-unreach icmp-sourcequench icmp-redirect icmp-echo icmp-routeradvert
            icmp-routersolicit icmp-timxceed icmp-paramprob icmp-tstamp icmp-tstampreply icmp-ireq icmp-ireqreply
            icmp-maskreq icmp-maskreply icmp6type icmp6code icmp6-destinationunreach icmp6-packettoobig
            icmp6-timeexceeded icmp6-parameterproblem icmp6-echo icmp6-echoreply icmp6-multicastlistenerquery
            icmp6-multicastlistenerreportv1 icmp6-multicastlistenerdone icmp6-routersolicit icmp6-routeradvert
            icmp6-neighborsolicit icmp6-neighboradvert icmp6-redirect icmp6-routerrenum icmp6-nodeinformationquery
            icmp6-nodeinformationresponse icmp6-ineighbordiscoverysolicit icmp6-ineighbordiscoveryadvert
            icmp6-multicastlistenerreportv2 icmp6-homeagentdiscoveryrequest icmp6-homeagentdiscoveryreply
            icmp6-mobileprefixsolicit icmp6-mobileprefixadvert icmp6-certpathsolicit icmp6-certpathadvert
            icmp6-multicastrouteradvert icmp6-multicastroutersolicit icmp6-multicastrouterterm
            tcpflags tcp-fin tcp-syn tcp-rst tcp-push tcp-ack tcp-urg tcp-ece tcp-cwr
            """, .none
        ),
    ]
}
