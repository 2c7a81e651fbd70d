import BPFModel

/// Loops that call a map as programs' helpers do, for measurements: keys of 16 bytes are made from numbers on the way,
/// as a program makes them on its stack.
@_spi(Measuring) public struct MapTrial: Sendable {
    private let map: Map
    /// What numbers are multiplied with to make the first half of their key.
    public static let multiplier: UInt64 = 0x9e37_79b9_7f4a_7c15

    /// What is done with each key.
    public enum Action: Sendable {
        case lookup, update, delete
    }

    /// Makes the loops for a map with keys of 16 bytes, or nil for another one.
    public init?(_ map: Map) {
        guard map.spec.keySize == 16 else { return nil }
        self.map = map
    }

    /// Does one thing with the keys of `count` numbers from `first` on; how often it succeeded.
    public func run(_ action: Action, from first: UInt64, count: Int) -> Int {
        let value = [UInt64](repeating: 1, count: map.spec.valueSize / 8 + 1)
        return unsafe value.withUnsafeBytes { value in
            guard let value = value.baseAddress else { return 0 }
            switch action {
            case .lookup:
                return unsafe loop(first, count) { map, functions, key in
                    guard let found = unsafe functions.lookup(map, key, 0) else { return 0 }
                    return unsafe found.load(as: UInt8.self) == 1 ? 1 : 0
                }
            case .update:
                return unsafe loop(first, count) { map, functions, key in
                    unsafe functions.update(map, key, value, 0, 0) == 0 ? 1 : 0
                }
            case .delete:
                return unsafe loop(first, count) { map, functions, key in
                    unsafe functions.delete(map, key, 0) == 0 ? 1 : 0
                }
            }
        }
    }

    @inline(__always)
    private func loop(
        _ first: UInt64, _ count: Int, _ body: (UnsafeMutableRawPointer, MapFunctions, UnsafeRawPointer) -> Int
    ) -> Int {
        guard let address = unsafe UnsafeMutableRawPointer(bitPattern: UInt(map.address)) else { return 0 }
        let functions = unsafe MapHeader.at(address).pointee.functions
        return unsafe withUnsafeTemporaryAllocation(byteCount: 16, alignment: 8) { key in
            guard let key = key.baseAddress else { return 0 }
            var sum = 0
            var number = first
            for _ in 0..<count {
                unsafe key.storeBytes(of: number &* Self.multiplier, as: UInt64.self)
                unsafe key.storeBytes(of: number, toByteOffset: 8, as: UInt64.self)
                unsafe sum &+= body(address, functions, key)
                number &+= 1
            }
            return sum
        }
    }
}
