extension KernelTypes {
    /// Type information under construction, in BTF's binary form.
    ///
    /// Types are numbered from 1 in the order they are added.
    ///
    /// Source: Linux, `Documentation/bpf/btf.rst`.
    public struct Builder {
        private var types: [UInt8] = []
        private var strings: [UInt8] = [0]
        private var count: UInt32 = 0

        /// Starts with no types.
        public init() {}

        /// Adds a signed integer; returns its number.
        public mutating func integer(_ name: String, bytes: UInt32) -> UInt32 {
            // BTF_KIND_INT; its data are BTF_INT_SIGNED and the number of bits.
            add(name, kind: 1, length: 0, size: bytes, [1 << 24 | bytes * 8])
        }

        /// Adds a structure; returns its number.
        ///
        /// - Parameter members: name, type and offset in bytes of each.
        public mutating func structure(
            _ name: String, bytes: UInt32, members: [(name: String, type: UInt32, offset: UInt32)]
        ) -> UInt32 {
            let data = members.flatMap { member in [intern(member.name), member.type, member.offset * 8] }
            return add(name, kind: 4, length: UInt32(members.count), size: bytes, data)
        }

        /// Adds a static function without parameters; returns its number.
        public mutating func function(_ name: String, returning result: UInt32) -> UInt32 {
            let prototype = add("", kind: 13, length: 0, size: result, [])
            return add(name, kind: 12, length: 0, size: prototype, [])
        }

        /// The types, as ``KernelTypes/init(_:)`` takes them.
        public var bytes: [UInt8] {
            let header: [UInt32] = [
                0x0001_eb9f, 24, 0, UInt32(types.count), UInt32(types.count), UInt32(strings.count),
            ]
            return header.flatMap(\.bytes) + types + strings
        }

        /// Linux's `struct btf_type`, and what follows it; `size` is a type's number for some kinds.
        private mutating func add(
            _ name: String, kind: UInt32, length: UInt32, size: UInt32, _ data: [UInt32]
        ) -> UInt32 {
            let words = [intern(name), kind << 24 | length, size] + data
            types += words.flatMap(\.bytes)
            count += 1
            return count
        }

        /// Where a name is among the strings.
        private mutating func intern(_ name: String) -> UInt32 {
            guard !name.isEmpty else { return 0 }
            let offset = UInt32(strings.count)
            strings += Array(name.utf8) + [0]
            return offset
        }
    }
}
