import BPFModel
import LinuxBPF

/// Type information for values with a spin lock, in BTF's binary form: the kernel takes locks only with it.
enum SpinLockTypes {
    static func entry(_ spec: MapSpec, lock: Int) throws -> KernelTypes.Entry {
        // Strings: names begin behind the empty one.
        let strings: [UInt8] = [0] + Array("bpf_spin_lock".utf8) + [0] + Array("val".utf8) + [0] + Array("l".utf8) + [0]
        let (name, member, inner): (UInt32, UInt32, UInt32) = (15, 19, 1)
        var types: [UInt32] = []
        // 1: a 32-bit integer; 2: an array of bytes' integer; 3: the lock; 4: the value.
        types += [member, 1 << 24, 4, 32]
        types += [member, 1 << 24, 1, 8]
        types += [inner, 4 << 24 | 1, 4, member, 1, 0]
        let valueSize = UInt32(spec.valueSize)
        types += [name, 4 << 24 | 1, valueSize, member, 3, UInt32(lock) * 8]
        // 5: the key, an array of bytes.
        types += [0, 3 << 24, 0, 2, 1, UInt32(spec.keySize)]
        let body = types.flatMap(bytes)
        let header: [UInt8] =
            [0x9f, 0xeb, 1, 0] + bytes(24) + bytes(0) + bytes(UInt32(body.count)) + bytes(UInt32(body.count))
            + bytes(UInt32(strings.count))
        return KernelTypes.Entry(try KernelTypes(header + body + strings), key: 1, value: 4)
    }

    private static func bytes(_ word: UInt32) -> [UInt8] { (0..<4).map { UInt8(truncatingIfNeeded: word >> (8 * $0)) } }
}
