import BPFModel

/// What programs do with a map: C functions that helpers reach through the map's address, with one indirect call.
///
/// The first argument is always the map's address, the last the number of the worker that runs the program. What a
/// kind does not set is refused. Functions return 0 or an errno, negated, unless they say otherwise.
@unsafe package struct MapFunctions {
    /// Map, key, worker: the address of the value, or nil.
    package typealias Lookup =
        @convention(c) (UnsafeMutableRawPointer, UnsafeRawPointer, UInt32) -> UnsafeMutableRawPointer?
    /// Map, key, value, flags, worker.
    package typealias Update =
        @convention(c) (UnsafeMutableRawPointer, UnsafeRawPointer, UnsafeRawPointer, UInt64, UInt32) -> Int64
    /// Map, key, worker.
    package typealias Delete = @convention(c) (UnsafeMutableRawPointer, UnsafeRawPointer, UInt32) -> Int64
    /// Map, value, flags, worker.
    package typealias Push = @convention(c) (UnsafeMutableRawPointer, UnsafeRawPointer, UInt64, UInt32) -> Int64
    /// Map, memory for a value, worker.
    package typealias Take = @convention(c) (UnsafeMutableRawPointer, UnsafeMutableRawPointer, UInt32) -> Int64
    /// Map, a ``MapWalk``, worker: the address of the next value, or nil at the end.
    package typealias Next =
        @convention(c) (UnsafeMutableRawPointer, UnsafeMutableRawPointer, UInt32) -> UnsafeMutableRawPointer?

    package var lookup: Lookup = { _, _, _ in nil }
    package var update: Update = { _, _, _, _, _ in Errno.notSupported.returned }
    package var delete: Delete = { _, _, _ in Errno.notSupported.returned }
    package var push: Push = { _, _, _, _ in Errno.notSupported.returned }
    package var pop: Take = { _, _, _ in Errno.notSupported.returned }
    package var peek: Take = { _, _, _ in Errno.notSupported.returned }
    package var next: Next = { _, _, _ in nil }
}

/// Where a program's walk over a map is: starts as zeros, and is moved by ``MapFunctions/next``.
@unsafe package struct MapWalk {
    /// The next place to look at; what it means is the kind's own.
    package var position = 0
    /// The hash of the key just returned, where the kind orders by it.
    var hash: UInt64?
    /// The key of the value just returned, valid until the next step.
    package var key: UnsafeRawPointer?
    /// The index just returned, where the key is an index: `key` points here.
    package var index: UInt32 = 0

    package init() {}

    @inline(__always)
    static func at(_ walk: UnsafeMutableRawPointer) -> UnsafeMutablePointer<MapWalk> {
        unsafe walk.assumingMemoryBound(to: MapWalk.self)
    }
}

extension Errno {
    /// What a map function returns for this error.
    var returned: Int64 { -Int64(rawValue) }
}
