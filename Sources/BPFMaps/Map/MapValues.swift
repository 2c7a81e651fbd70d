/// Where a map's values lie in memory: one in each of many slots.
package struct MapValues: Hashable, Sendable {
    /// The address of the first slot's value.
    package let base: UInt64
    /// The distance from one value to the next, in bytes.
    package let stride: UInt64
    /// The length of a value in bytes.
    package let size: UInt64
    /// How many slots there are.
    package let slots: UInt64

    /// No values: for kinds that give programs no addresses.
    static let none = MapValues(base: 0, stride: 1, size: 0, slots: 0)

    /// The offset in its value of an address, or nil where the address is in no value.
    package func offset(of address: UInt64) -> UInt64? {
        guard address >= base, (address - base) / stride < slots else { return nil }
        let offset = (address - base) % stride
        return offset < size ? offset : nil
    }
}
