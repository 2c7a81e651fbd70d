/// An option to write: its code and its value.
typealias OptionWriting = (code: UInt16, value: [UInt8])

/// Puts a pcapng block together.
struct BlockBuilder {
    private var bytes: [UInt8] = []
    private let order: ByteOrder

    init(_ type: BlockType, _ order: ByteOrder) {
        self.order = order
        append(type.rawValue)
        append(UInt32(0))
    }

    mutating func append(_ number: UInt16) { bytes.append(number, order) }
    mutating func append(_ number: UInt32) { bytes.append(number, order) }
    mutating func append(_ number: UInt64) { bytes.append(contentsOf: [UInt8](number: number, order)) }

    /// Appends bytes, padded to four.
    mutating func append(bytes more: some Collection<UInt8>) {
        bytes.append(contentsOf: more)
        bytes.pad()
    }

    /// Appends the options there are, and their end if there is one; values longer than 65535 bytes are cut.
    mutating func append(options: [OptionWriting?]) {
        let present = options.compactMap { $0 }
        guard !present.isEmpty else { return }
        for option in present {
            let value = option.value.prefix(Int(UInt16.max))
            append(option.code)
            append(UInt16(truncatingIfNeeded: value.count))
            append(bytes: value)
        }
        append(OptionCursor.end)
        append(UInt16(0))
    }

    /// The block, with its length at both ends.
    consuming func finished() -> [UInt8] {
        let length = UInt32(truncatingIfNeeded: bytes.count + 4)
        append(length)
        bytes.replace(at: 4, by: length, order)
        return bytes
    }
}
