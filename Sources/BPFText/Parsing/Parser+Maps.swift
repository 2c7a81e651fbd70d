import BPFModel

/// Declarations of maps.
extension Parser {
    /// `.map NAME TYPE key N value N entries N`, with what else a map has where wanted.
    ///
    /// - `key` and `value` take a number of bytes, or a layout that says what they are; kinds without keys or values
    ///   need none.
    /// - `flags N`, `extra N`, `lock OFFSET` of the spin lock in values, `constants "HEX"`, `number N`.
    /// - `inner MAP`, of the name of a map before it, or `inner (NAME TYPE …)`.
    mutating func map() throws(Problem) {
        let token = current
        let name = try text("a map's name")
        if let first = draft.maps.first(where: { !name.isEmpty && $0.spec.name == name }) {
            throw .duplicate(token, "map", first: first.position)
        }
        var number: Int32?
        let spec = try mapSpec(name, token, number: &number)
        draft.maps.append(Draft.Map(spec: spec, number: number, position: token.position))
    }

    /// A map's kind and attributes; nil for `number` where the map can't have one.
    private mutating func mapSpec(
        _ name: String, _ token: Token, number: inout Int32?, isInner: Bool = false
    ) throws(Problem) -> MapSpec {
        let type = try mapType()
        var spec = MapSpec(name: name, type: type, keySize: 0, valueSize: 0, maxEntries: 0)
        var given: Set<MapAttribute> = []
        while !current.endsStatement, !(isInner && isSymbol(")")) {
            let attribute = current
            guard attribute.kind == .name, let known = MapAttribute(rawValue: attribute.text),
                !(isInner && known == .number)
            else {
                let choices = MapAttribute.allCases.filter { !(isInner && $0 == .number) }
                throw .unknownChoice(attribute, "map attribute", among: choices.map(\.rawValue))
            }
            advance()
            guard given.insert(known).inserted else { throw .repeatedAttribute(attribute) }
            if known == .number {
                number = try self.number(as: Int32.self, "map number")
            } else {
                try read(known, into: &spec)
            }
        }
        for attribute in type.requiredAttributes where !given.contains(attribute) {
            throw .missingAttribute(attribute.rawValue, token)
        }
        return spec
    }

    private mutating func read(_ attribute: MapAttribute, into spec: inout MapSpec) throws(Problem) {
        switch attribute {
        case .key: (spec.keySize, spec.keyLayout) = try sizeOrLayout(attribute)
        case .value: (spec.valueSize, spec.valueLayout) = try sizeOrLayout(attribute)
        case .entries: spec.maxEntries = Int(try size(attribute))
        case .flags: spec.flags = MapFlags(rawValue: try size(attribute))
        case .extra: spec.extra = try extra()
        case .lock: spec.spinLock = Int(try size(attribute))
        case .constants: spec.constants = try constants()
        case .inner: spec.inner = try inner()
        case .number: break
        }
    }

    private mutating func sizeOrLayout(_ attribute: MapAttribute) throws(Problem) -> (Int, ValueLayout?) {
        guard startsLayout else { return (Int(try size(attribute)), nil) }
        let layout = try layout()
        return (layout.size, layout)
    }

    private mutating func size(_ attribute: MapAttribute) throws(Problem) -> UInt32 {
        let position = current.position
        let number = try number()
        guard !number.isNegative, let value = UInt32(exactly: number.magnitude) else {
            throw .outOfRange(number, attribute.rawValue, limits: "0 and \(UInt32.max)", at: position)
        }
        return value
    }

    private mutating func extra() throws(Problem) -> UInt64 {
        let position = current.position
        let number = try number()
        guard !number.isNegative else {
            throw .outOfRange(number, MapAttribute.extra.rawValue, limits: "0 and \(UInt64.max)", at: position)
        }
        return number.magnitude
    }

    /// Bytes in hexadecimal, in quotes.
    private mutating func constants() throws(Problem) -> [UInt8] {
        let token = current
        let digits = try text("bytes in hexadecimal, in quotes").utf8.map {
            Character(Unicode.Scalar($0)).hexDigitValue
        }
        var bytes: [UInt8] = []
        for index in stride(from: 0, to: digits.count, by: 2) {
            guard index + 1 < digits.count, let high = digits[index], let low = digits[index + 1] else {
                throw .notHexadecimal(token)
            }
            bytes.append(UInt8(truncatingIfNeeded: high << 4 | low))
        }
        return bytes
    }

    /// The pattern of the maps in a map.
    private mutating func inner() throws(Problem) -> MapSpec {
        let token = current
        if accept("(") {
            let start = current
            let name = try text("a map's name")
            var number: Int32?
            let spec = try mapSpec(name, start, number: &number, isInner: true)
            try expect(")")
            return spec
        }
        let name = try text("a map's name or '('")
        guard let map = draft.maps.first(where: { $0.spec.name == name }) else {
            throw .unknownMap(
                Draft.Reference(name: name, position: token.position), among: draft.maps.map(\.spec.name))
        }
        return map.spec
    }
}

/// The words of a map's declaration.
enum MapAttribute: String, CaseIterable {
    case key, value, entries, flags, number, inner, extra, lock, constants
}

extension MapType {
    /// What a declaration must say; what the kind doesn't have is 0.
    fileprivate var requiredAttributes: [MapAttribute] {
        switch self {
        case .ringbuf: [.entries]
        case .queue, .stack, .bloomFilter: [.value, .entries]
        case .hash, .array, .progArray, .perfEventArray, .percpuHash, .percpuArray, .stackTrace, .lruHash,
            .lruPercpuHash, .lpmTrie, .arrayOfMaps, .hashOfMaps, .devmap, .sockmap, .cpumap, .xskmap, .sockhash,
            .devmapHash:
            [.key, .value, .entries]
        }
    }
}

extension AssemblyError.Problem {
    static func notHexadecimal(_ token: Token) -> Self {
        Self(at: token.position, "expected pairs of hexadecimal digits in quotes")
    }
}
