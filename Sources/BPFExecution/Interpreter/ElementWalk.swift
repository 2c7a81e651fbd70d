import BPFMaps

/// A walk over a map as programs make it, for the reference engine.
///
/// Invariant: `state` is a walk of this map, at a fixed address because keys may lie in it.
///
/// `@unchecked Sendable` because one run makes it and only that run uses it.
@safe final class ElementWalk: @unchecked Sendable {
    let map: Map
    private let state: UnsafeMutablePointer<MapWalk>

    init(_ map: Map) {
        self.map = map
        unsafe state = .allocate(capacity: 1)
        unsafe state.initialize(to: MapWalk())
    }

    /// The addresses of the next entry's key and value, or nil at the end.
    func next(_ worker: Worker) -> (key: UInt64, value: UInt64)? {
        let address = unsafe HelperFunctions.pointer(map.address)
        let header = unsafe address.assumingMemoryBound(to: MapHeader.self)
        guard let value = unsafe header.pointee.functions.next(address, state, worker.state.pointee.workerID) else {
            return nil
        }
        return unsafe (UInt64(UInt(bitPattern: state.pointee.key)), UInt64(UInt(bitPattern: value)))
    }

    deinit { unsafe state.deallocate() }
}
