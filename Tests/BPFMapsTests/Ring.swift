import BPFMaps
import BPFModel

/// A ring buffer as programs and their host use it.
struct Ring: Sendable {
    let map: Map

    init(bytes: Int = 4096) throws {
        map = try Map(MapSpec(type: .ringbuf, keySize: 0, valueSize: 0, maxEntries: bytes))
    }

    /// A record that a program reserved.
    struct Record {
        let address: UInt64
        let count: Int

        /// Fills the record.
        func write(_ bytes: [UInt8]) {
            guard let target = unsafe UnsafeMutablePointer<UInt8>(bitPattern: UInt(address)) else { return }
            for (index, byte) in bytes.prefix(count).enumerated() { unsafe target[index] = byte }
        }

        func submit(flags: UInt64 = 0) { commit(flags, discard: false) }
        func discard(flags: UInt64 = 0) { commit(flags, discard: true) }

        private func commit(_ flags: UInt64, discard: Bool) {
            guard let record = unsafe UnsafeMutableRawPointer(bitPattern: UInt(address)) else { return }
            unsafe RingWriter.commit(record, flags, discard: discard)
        }
    }

    /// Takes room as `bpf_ringbuf_reserve` does; nil where there is none.
    func reserve(_ count: Int) -> Record? {
        guard let map = unsafe UnsafeMutableRawPointer(bitPattern: UInt(map.address)),
            let record = unsafe RingWriter.reserve(RingHeader.ring(of: map), UInt64(count))
        else { return nil }
        return Record(address: UInt64(UInt(bitPattern: record)), count: count)
    }

    /// Writes a record; false where there is no room.
    @discardableResult
    func write(_ bytes: [UInt8], flags: UInt64 = 0) -> Bool {
        guard let record = reserve(bytes.count) else { return false }
        record.write(bytes)
        record.submit(flags: flags)
        return true
    }

    /// The complete records, in the order they come.
    func drained(limit: Int = .max) throws -> [[UInt8]] {
        var records: [[UInt8]] = []
        try map.drain(limit: limit) { _, bytes in records.append(bytes.indices.map { bytes[$0] }) }
        return records
    }
}
