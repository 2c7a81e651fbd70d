import BPFModel
import LinuxBPF

/// The kernel's maps and types that generated programs are loaded with.
enum KernelObjects {
    /// A map in the kernel for each of the generator's.
    ///
    /// The programs of a `prog_array` are of one type, so each type needs maps of its own.
    static func maps() throws -> [ProgramType: [Int32: KernelMap]] {
        var maps: [ProgramType: [Int32: KernelMap]] = [:]
        for type in BlockGenerator.loadable { maps[type] = try BlockGenerator.maps.mapValues(map) }
        return maps
    }

    private static func map(_ spec: MapSpec) throws -> KernelMap {
        let inner = try spec.inner.map(map)
        guard let lock = spec.spinLock else { return try KernelMap(spec, inner: inner) }
        var types = KernelTypes.Builder()
        let integer = types.integer("int", bytes: 4)
        let spinLock = types.structure("bpf_spin_lock", bytes: 4, members: [("val", integer, 0)])
        let value = types.structure(
            "value", bytes: UInt32(spec.valueSize), members: [("lock", spinLock, UInt32(lock))])
        return try KernelMap(
            spec, types: KernelTypes.Entry(KernelTypes(types.bytes), key: integer, value: value))
    }
}
