/// An atomic read-modify-write of memory.
///
/// Source: RFC 9669, section 5.3.
public enum AtomicOperation: Hashable, Sendable {
    /// Combines memory with the source register; with `fetch`, the source receives the old value.
    case modify(Combination, fetch: Bool)
    /// Exchanges the source register with memory.
    case exchange
    /// Stores the source if memory equals `r0`; `r0` always receives the old value, zero-extended.
    case compareExchange

    /// How `modify` combines memory with the source register.
    public enum Combination: UInt8, Hashable, Sendable, CaseIterable {
        case add, or, and, xor

        /// The arithmetic operation with the same meaning.
        @inlinable public var operation: ALUOperation {
            switch self {
            case .add: .add
            case .or: .or
            case .and: .and
            case .xor: .xor
            }
        }
    }

    /// Every operation, in the order of the encoding.
    public static let allCases: [AtomicOperation] =
        [false, true].flatMap { fetch in
            Combination.allCases.map { .modify($0, fetch: fetch) }
        } + [.exchange, .compareExchange]

    /// The value of the instruction's immediate field that selects the operation.
    public var encoding: Int32 {
        switch self {
        case .modify(let combination, let fetch):
            Int32(combination.operation.encodedOperation) | (fetch ? 1 : 0)
        case .exchange: 0xe1
        case .compareExchange: 0xf1
        }
    }

    /// The operation an immediate field selects, or nil where it selects none.
    public init?(encoding: Int32) {
        guard let match = Self.allCases.first(where: { $0.encoding == encoding }) else { return nil }
        self = match
    }
}

/// A plain access with an ordering guarantee, encoded as an atomic instruction.
///
/// Source: Linux, instruction-set.rst.
public enum OrderedAccess: Int32, Hashable, Sendable, CaseIterable {
    /// A load that later accesses can't be moved ahead of.
    case loadAcquire = 0x100
    /// A store that earlier accesses can't be moved behind.
    case storeRelease = 0x110
}
