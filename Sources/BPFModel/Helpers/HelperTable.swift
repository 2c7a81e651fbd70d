/// The helpers that programs may call: Linux's, and those a host adds.
public struct HelperTable: Hashable, Sendable {
    /// The first number for a host's own helpers: Linux counts its own from 1, and has some hundreds.
    public static let firstOwnID: Int32 = 0x1_0000

    private var own: [Int32: HelperPrototype] = [:]

    /// Makes a table of Linux's helpers.
    public init() {}

    /// The row of a helper id, or nil where there is no such helper.
    public func row(of id: Int32) -> HelperPrototype? { ownRow(of: id) ?? HelperPrototype.row(of: id) }

    /// The row of a host's own helper, or nil where there is none.
    public func ownRow(of id: Int32) -> HelperPrototype? { own[id] }

    /// Adds a helper of the host's.
    ///
    /// - Parameters:
    ///   - name: a name for people, of letters, digits and `_`.
    ///   - id: the number programs call it by, ``firstOwnID`` or more.
    ///   - arguments: what each argument must be, from `r1` on; none that has to do with maps.
    ///   - result: what `r0` holds afterwards: a number or nothing.
    ///   - programTypes: the program types that may call it.
    /// - Throws: ``HelperError`` where that is no helper, or another one has the name or the number.
    public mutating func add(
        _ name: String, id: Int32, _ arguments: [HelperPrototype.Argument], result: HelperPrototype.Result = .scalar,
        programTypes: Set<ProgramType> = Set(ProgramType.allCases)
    ) throws(HelperError) {
        guard !name.isEmpty, name.utf8.allSatisfy(Self.isNameByte) else { throw .name(name) }
        guard id >= Self.firstOwnID else { throw .reservedID(id) }
        guard own[id] == nil else { throw .takenID(id) }
        let names = HelperPrototype.all.map(\.name) + own.values.map(\.name)
        guard !names.contains(name) else { throw .takenName(name) }
        try Self.check(arguments)
        switch result {
        case .scalar, .nothing: break
        case .mapValueOrNull, .recordOrNull: throw .result
        }
        own[id] = HelperPrototype(id, name, arguments, result, programTypes)
    }

    private static func isNameByte(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"):
            true
        default: false
        }
    }

    private static func check(_ arguments: [HelperPrototype.Argument]) throws(HelperError) {
        guard arguments.count <= Register.arguments.count else { throw .tooManyArguments(arguments.count) }
        for (index, argument) in arguments.enumerated() {
            let next = index + 1 < arguments.count ? arguments[index + 1] : nil
            let previous = index > 0 ? arguments[index - 1] : nil
            switch argument {
            case .anything, .context, .writableDouble, .constantString: continue
            case .readableMemory, .readableMemoryOrNull, .writableMemory:
                guard next == .size || next == .sizeOrZero else { throw .noSize(index + 1) }
            case .size, .sizeOrZero:
                guard [.readableMemory, .readableMemoryOrNull, .writableMemory].contains(previous) else {
                    throw .noMemory(index + 1)
                }
            case .map, .mapKey, .mapValue, .writableMapValue, .recordSize, .record, .spinLock, .callback,
                .callbackContext:
                throw .argument(index + 1)
            }
        }
    }
}
