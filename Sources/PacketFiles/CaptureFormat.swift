/// The format of a capture file.
public enum CaptureFormat: Hashable, Sendable {
    /// pcap, with what its header says.
    case pcap(PcapHeader)
    /// pcapng.
    case pcapng
}
