public import BPFModel

// Maps of maps, and of programs.
//
// What programs may have found stays: an object that was replaced or removed lives on until the runs have ended that
// were on, so programs need to count nothing.
extension Map {
    /// Puts a map into a map of maps.
    ///
    /// Programs find the new map from their next lookup on; those that found the old one go on with it to the end of
    /// their run.
    ///
    /// - Throws: `EINVAL` where the map is not like the pattern (``MapSpec/inner``), `E2BIG` past the end and where a
    ///   hash is full, `EEXIST` or `ENOENT` as `mode` asks of a hash, `EPERM` on a frozen or read-only map.
    public func update(_ key: [UInt8], _ map: Map, mode: UpdateMode = .any) throws(Errno) {
        try update(key, .map(map), mode.rawValue)
    }

    /// The map in a map of maps.
    ///
    /// - Throws: `ENOENT` where there is none, `EINVAL` for other maps, `EPERM` on a write-only map.
    public func map(at key: [UInt8]) throws(Errno) -> Map {
        guard case .map(let map) = try object(at: key) else { throw .invalid }
        return map
    }

    /// Empties a map of maps or programs.
    public func removeAll() { (kind as? ObjectMap)?.clear() }

    /// Puts a program into a `prog_array`.
    ///
    /// - Throws: `EINVAL` where it may not be with those that are there, `E2BIG` past the end, `EPERM` on a frozen or
    ///   read-only map.
    package func update(_ key: [UInt8], program: any HeldProgram) throws(Errno) {
        try update(key, .program(program), UpdateMode.any.rawValue)
    }

    /// The program in a `prog_array`.
    ///
    /// - Throws: `ENOENT` where there is none, `EINVAL` for other maps, `EPERM` on a write-only map.
    package func program(at key: [UInt8]) throws(Errno) -> any HeldProgram {
        guard case .program(let program) = try object(at: key) else { throw .invalid }
        return program
    }

    /// Whether programs of a sort may call those of a `prog_array`: the first ones that come decide.
    package func accepts(callers: ProgramCallers) -> Bool {
        (kind as? ObjectMap)?.objects.accept(callers) ?? false
    }

    /// The map of a map of maps that programs reach at an address, or once reached.
    package func heldMap(at address: UInt64) -> Map? {
        guard case .map(let map)? = (kind as? ObjectMap)?.objects.everHeld(address) else { return nil }
        return map
    }

    private func object(at key: [UInt8]) throws(Errno) -> HeldObject {
        try checkReadable()
        guard let holder = kind as? ObjectMap else { throw .invalid }
        try check(key)
        return try holder.object(at: key)
    }

    private func update(_ key: [UInt8], _ object: HeldObject, _ flags: UInt64) throws(Errno) {
        try checkWritable()
        guard let holder = kind as? ObjectMap else { throw .invalid }
        try check(key)
        try holder.update(key, object, flags)
    }
}
