import BPFModel

/// The directives that stand before a program's instructions.
struct Declarations {
    private(set) var lines: [String] = []
    /// The names instructions use for maps: of maps with equal names, the one with the lowest number keeps it.
    private(set) var mapNames: [Int32: String] = [:]

    init(of program: ProgramSpec) {
        if !program.name.isEmpty { lines.append(".name \(Quoting.word(program.name))") }
        lines.append(".type \(program.type.name)")
        lines.append(".license \(Quoting.text(program.license))")
        var names: Set<String> = []
        for (number, map) in program.maps.sorted(by: { $0.key < $1.key }) {
            let isNew = !map.name.isEmpty && names.insert(map.name).inserted
            if isNew { mapNames[number] = map.name }
            lines.append(Self.line(map, named: isNew ? map.name : "", number))
        }
    }

    private static func line(_ map: MapSpec, named name: String, _ number: Int32) -> String {
        ".map \(text(map, named: name)) number \(number)"
    }

    /// The declaration without the map's number.
    private static func text(_ map: MapSpec, named name: String) -> String {
        var line = "\(Quoting.word(name)) \(map.type.name) key \(text(map.keySize, map.keyLayout))"
        line += " value \(text(map.valueSize, map.valueLayout)) entries \(map.maxEntries)"
        if !map.flags.isEmpty { line += " flags \(map.flags.rawValue)" }
        if map.extra != 0 { line += " extra \(map.extra)" }
        if let offset = map.spinLock { line += " lock \(offset)" }
        if let bytes = map.constants { line += " constants \"\(hexadecimal(bytes))\"" }
        if let inner = map.inner { line += " inner (\(text(inner, named: inner.name)))" }
        return line
    }

    /// A layout only where it says the size as well.
    private static func text(_ size: Int, _ layout: ValueLayout?) -> String {
        guard let layout, layout.size == size else { return "\(size)" }
        return layout.text
    }

    private static func hexadecimal(_ bytes: [UInt8]) -> String {
        bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    }
}

/// How names and texts are written so that they read back.
enum Quoting {
    /// A name as it is where it is one, else in quotes.
    static func word(_ name: String) -> String {
        guard let first = name.utf8.first, Characters.startsName(first), !Vocabulary.reserved.contains(name),
            name.utf8.allSatisfy(Characters.continuesName)
        else { return text(name) }
        return name
    }

    static func text(_ text: String) -> String {
        var quoted = "\""
        for character in text.unicodeScalars {
            switch character {
            case "\"": quoted += "\\\""
            case "\\": quoted += "\\\\"
            case "\n": quoted += "\\n"
            default: quoted.unicodeScalars.append(character)
            }
        }
        return quoted + "\""
    }
}
