import Synchronization

/// The page that steers a ring: what lies at the ring's address.
///
/// Producers take room under a short lock and fill it without; records come out in the order in which room was taken.
/// Positions only grow: they count bytes since the ring was made, as Linux's do.
@unsafe struct RingControl {
    /// The size of the ring less one.
    var mask: UInt64
    /// The ring's bytes.
    var data: UnsafeMutableRawPointer
    /// Who waits for records: a ``RecordSignal`` that lives as long as the ring.
    var signal: UnsafeMutableRawPointer

    /// Where the words that change are, each in a cache line of its own.
    private enum Offset {
        static var consumer: Int { 64 }
        static var producer: Int { 128 }
        static var lost: Int { 136 }
        static var lock: Int { 144 }
        static var waiting: Int { 192 }
    }

    @inline(__always)
    static func at(_ ring: UnsafeMutableRawPointer) -> UnsafeMutablePointer<RingControl> {
        unsafe ring.assumingMemoryBound(to: RingControl.self)
    }

    @inline(__always)
    private static func word(
        _ ring: UnsafeMutableRawPointer, _ offset: Int
    ) -> UnsafePointer<Atomic<UInt64>> {
        unsafe UnsafePointer((ring + offset).assumingMemoryBound(to: Atomic<UInt64>.self))
    }

    /// Up to where records were read.
    @inline(__always)
    static func consumer(_ ring: UnsafeMutableRawPointer) -> UnsafePointer<Atomic<UInt64>> {
        unsafe word(ring, Offset.consumer)
    }

    /// Up to where room was taken.
    @inline(__always)
    static func producer(_ ring: UnsafeMutableRawPointer) -> UnsafePointer<Atomic<UInt64>> {
        unsafe word(ring, Offset.producer)
    }

    /// How many records found no room.
    @inline(__always)
    static func lost(_ ring: UnsafeMutableRawPointer) -> UnsafePointer<Atomic<UInt64>> {
        unsafe word(ring, Offset.lost)
    }

    /// 1 while somebody waits for records.
    @inline(__always)
    static func waiting(_ ring: UnsafeMutableRawPointer) -> UnsafePointer<Atomic<UInt64>> {
        unsafe word(ring, Offset.waiting)
    }

    /// The lock of those who take room.
    @inline(__always)
    static func lock(_ ring: UnsafeMutableRawPointer) -> UnsafePointer<Atomic<UInt32>> {
        unsafe UnsafePointer((ring + Offset.lock).assumingMemoryBound(to: Atomic<UInt32>.self))
    }

    /// The first word of a record's header, which is published with the record.
    @inline(__always)
    static func header(_ address: UnsafeMutableRawPointer) -> UnsafePointer<Atomic<UInt32>> {
        unsafe UnsafePointer(address.assumingMemoryBound(to: Atomic<UInt32>.self))
    }
}
