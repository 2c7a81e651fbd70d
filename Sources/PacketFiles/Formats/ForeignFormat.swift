/// Formats that are recognised only to say what the file is.
enum ForeignFormat: CaseIterable {
    case bzip2, xz, zip, snoop, btsnoop, networkMonitor, peekTagged

    /// The bytes a file of the format begins with, and what to say of it.
    private var row: (start: [UInt8], description: String) {
        switch self {
        case .bzip2: (Array("BZh".utf8), "compressed with bzip2, which is not read here; decompress it first")
        case .xz: ([0xfd] + Array("7zXZ".utf8), "compressed with xz, which is not read here; decompress it first")
        case .zip: (Array("PK".utf8) + [3, 4], "a zip archive; unpack it first")
        case .snoop: (Array("snoop".utf8) + [0, 0, 0], "a snoop capture, which is not read here; convert it to pcapng")
        case .btsnoop: (Array("btsnoop".utf8) + [0], "a btsnoop capture, which is not read here; convert it to pcapng")
        case .networkMonitor: (Array("GMBU".utf8), "a Network Monitor capture; convert it to pcapng")
        case .peekTagged: ([0x7f] + Array("ver".utf8), "an OmniPeek capture; convert it to pcapng")
        }
    }

    var description: String { row.description }

    func recognises(_ bytes: Span<UInt8>) -> Bool {
        let start = row.start
        return bytes.count >= start.count && start.indices.allSatisfy { bytes[$0] == start[$0] }
    }
}
