/// The eight bytes before a record.
///
///     bit   0 … 29   the record's length in bytes
///     bit       30   the record is to be skipped
///     bit       31   the record is still being written
///     bit  32 … 63   how many pages the header is from the ring's first page, so that a record tells its ring
///
/// Source: Linux, `BPF_RINGBUF_*` in `uapi/linux/bpf.h`.
enum RecordHeader {
    static var size: Int { 8 }
    static var discarded: UInt32 { 1 << 30 }
    static var busy: UInt32 { 1 << 31 }

    /// The bytes a record of `length` takes, with its header.
    static func space(_ length: Int) -> Int { (length &+ size &+ 7) & ~7 }
    /// The length in the first word of a header.
    static func length(_ word: UInt32) -> Int { Int(word & ~(busy | discarded)) }
}

/// What a call of `bpf_ringbuf_submit` and its kind asks of the reader.
///
/// Source: Linux, `BPF_RB_NO_WAKEUP` and `BPF_RB_FORCE_WAKEUP`.
enum WakeUp {
    static var never: UInt64 { 1 }
    static var always: UInt64 { 2 }
}
