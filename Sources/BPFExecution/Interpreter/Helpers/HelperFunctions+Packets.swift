// The helpers that read and change packets, in groups of their own.
extension HelperFunctions {
    static let packets = packetBytes + checksums + packetRoom + vlan + frames + packetFacts + redirects
}
