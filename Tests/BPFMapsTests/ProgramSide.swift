import BPFMaps
import BPFModel

/// What programs do with a map, without a program: the functions behind its address.
struct ProgramSide {
    let map: Map

    private func functions<Result>(_ body: (UnsafeMutableRawPointer, MapFunctions) -> Result) -> Result? {
        guard let address = unsafe UnsafeMutableRawPointer(bitPattern: UInt(map.address)) else { return nil }
        return unsafe body(address, address.assumingMemoryBound(to: MapFunctions.self).pointee)
    }

    /// The bytes of a worker's value of a key, or nil.
    func lookup(_ key: [UInt8], worker: UInt32 = 0) -> [UInt8]? {
        let value: [UInt8]?? = unsafe functions { map, functions in
            unsafe key.withUnsafeBytes { key -> [UInt8]? in
                guard let key = key.baseAddress, let value = unsafe functions.lookup(map, key, worker) else {
                    return nil
                }
                return unsafe [UInt8](UnsafeRawBufferPointer(start: value, count: self.map.spec.valueSize))
            }
        }
        return value ?? nil
    }

    /// What an update by a program on a worker returns.
    func update(_ key: [UInt8], _ value: [UInt8], flags: UInt64 = 0, worker: UInt32 = 0) -> Int64? {
        unsafe functions { map, functions in
            unsafe key.withUnsafeBytes { key in
                unsafe value.withUnsafeBytes { value in
                    guard let key = key.baseAddress, let value = value.baseAddress else { return -1 }
                    return unsafe functions.update(map, key, value, flags, worker)
                }
            }
        }
    }

    /// What a deletion by a program returns.
    func delete(_ key: [UInt8]) -> Int64? {
        unsafe functions { map, functions in
            unsafe key.withUnsafeBytes { key in
                guard let key = key.baseAddress else { return -1 }
                return unsafe functions.delete(map, key, 0)
            }
        }
    }

    /// The keys a program's walk meets, in order; `visit` is called at each of them.
    func walk(_ visit: ([UInt8]) -> Void = { _ in }) -> [[UInt8]] {
        var keys: [[UInt8]] = []
        _ = unsafe functions { map, functions in
            var walk = unsafe MapWalk()
            unsafe withUnsafeMutableBytes(of: &walk) { bytes in
                guard let walk = bytes.baseAddress else { return }
                while keys.count < 10_000, unsafe functions.next(map, walk, 0) != nil {
                    guard let key = unsafe walk.assumingMemoryBound(to: MapWalk.self).pointee.key else { return }
                    let bytes = unsafe [UInt8](UnsafeRawBufferPointer(start: key, count: self.map.spec.keySize))
                    keys.append(bytes)
                    visit(bytes)
                }
            }
        }
        return keys
    }
}
