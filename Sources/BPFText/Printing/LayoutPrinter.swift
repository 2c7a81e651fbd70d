public import BPFModel

extension ValueLayout {
    /// Reads a layout, such as `(source ipv4, port port)`.
    ///
    /// - Throws: ``AssemblyError`` with the first mistake.
    public init(text: String, source: String = "") throws(AssemblyError) {
        do throws(AssemblyError.Problem) { self = try Parser.layout(of: text) } catch {
            throw AssemblyError(source: source, problems: [error])
        }
    }

    /// The layout as text, on one line, which reads back.
    public var text: String {
        if let word = LayoutWords.word(of: self) { return word }
        switch form {
        case .bytes: return "bytes[\(size)]"
        case .text: return "text[\(size)]"
        case .array(let element, let count): return "\(element.text)[\(count)]"
        case .choice(let choices):
            let names = choices.map { "\(Quoting.fieldName($0.name)) = \($0.value)" }
            return "enum u\(size * 8) (\(names.joined(separator: ", ")))"
        case .structure(let fields): return Self.text(fields, size: size)
        // Only sizes that no such value has are left.
        case .unsigned, .signed, .hexadecimal, .network, .boolean, .ipv4, .ipv6, .mac: return "bytes[\(size)]"
        }
    }

    private static func text(_ fields: [Field], size: Int) -> String {
        var list = FieldList()
        var parts: [String] = []
        for field in fields {
            let name = Quoting.fieldName(field.name)
            if let bits = field.bits {
                let next = list.nextBits(field.layout, bits.count)
                let isNext = next == (field.offset, bits.lowerBound)
                let place = isNext ? "" : "at \(field.offset):\(bits.lowerBound) "
                parts.append("\(name) \(place)\(field.layout.text):\(bits.count)")
                list.add(field.name, field.layout, bits: bits.count, at: (field.offset, bits.lowerBound))
            } else {
                let place = list.nextByte == field.offset ? "" : "at \(field.offset) "
                parts.append("\(name) \(place)\(field.layout.text)")
                list.add(field.name, field.layout, at: field.offset)
            }
        }
        if size > list.size {
            // Padding counts from the last field's end, which need not be the structure's.
            parts.append("pad[\(size - list.nextByte)]")
        }
        return "(" + parts.joined(separator: ", ") + ")"
    }
}

extension Parser {
    /// Reads a text that is a layout and nothing else.
    fileprivate static func layout(of text: String) throws(Problem) -> ValueLayout {
        var parser = Parser(text)
        parser.skipEmptyLines()
        let layout = try parser.layout()
        parser.skipEmptyLines()
        guard parser.current.kind == .end else { throw .trailing(parser.current) }
        return layout
    }

    private mutating func skipEmptyLines() { while current.kind == .separator { advance() } }
}

extension Quoting {
    /// A field's name as it is where it is a word, else in quotes.
    static func fieldName(_ name: String) -> String {
        guard let first = name.utf8.first, Characters.startsName(first), name.utf8.allSatisfy(Characters.continuesName)
        else { return text(name) }
        return name
    }
}
