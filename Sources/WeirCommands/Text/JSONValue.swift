/// A JSON value whose objects keep the order their fields are written in.
///
/// Field names and their order are part of what commands promise, so they are written down where the value is made.
package indirect enum JSONValue: Hashable, Sendable {
    case object([Field])
    case array([JSONValue])
    case string(String)
    case integer(Int64)
    case unsigned(UInt64)
    /// A number with a fraction, written with six digits of it and never with an exponent.
    case decimal(Double)
    case bool(Bool)
    case null

    /// One named value of an object.
    package struct Field: Hashable, Sendable {
        package var name: String
        package var value: JSONValue

        /// A value and its name.
        package init(_ name: String, _ value: JSONValue) {
            self.name = name
            self.value = value
        }
    }
}

extension JSONValue: ExpressibleByDictionaryLiteral, ExpressibleByArrayLiteral {
    package init(dictionaryLiteral elements: (String, JSONValue)...) {
        self = .object(elements.map { Field($0.0, $0.1) })
    }

    package init(arrayLiteral elements: JSONValue...) { self = .array(elements) }
}

extension JSONValue: ExpressibleByStringLiteral, ExpressibleByIntegerLiteral, ExpressibleByBooleanLiteral {
    package init(stringLiteral value: String) { self = .string(value) }
    package init(integerLiteral value: Int64) { self = .integer(value) }
    package init(booleanLiteral value: Bool) { self = .bool(value) }
}

extension JSONValue {
    /// A string, or null where there is none.
    package static func optional(_ text: String?) -> JSONValue { text.map(JSONValue.string) ?? .null }

    /// A count or a length.
    package static func count(_ number: some BinaryInteger) -> JSONValue { .unsigned(UInt64(clamping: number)) }
}

extension JSONValue: CustomStringConvertible {
    /// The value as JSON text on one line.
    package var description: String {
        switch self {
        case .object(let fields):
            "{" + fields.map { "\(Self.quoted($0.name)): \($0.value)" }.joined(separator: ", ") + "}"
        case .array(let values): "[" + values.map(\.description).joined(separator: ", ") + "]"
        case .string(let text): Self.quoted(text)
        case .integer(let number): "\(number)"
        case .unsigned(let number): "\(number)"
        case .decimal(let number): Quantity.json(number)
        case .bool(let truth): truth ? "true" : "false"
        case .null: "null"
        }
    }

    /// A string in quotes, with what JSON does not allow inside escaped (RFC 8259, section 7).
    private static func quoted(_ text: String) -> String {
        var result = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"": result += "\\\""
            case "\\": result += "\\\\"
            case "\n": result += "\\n"
            case "\t": result += "\\t"
            case "\r": result += "\\r"
            case _ where scalar.value < 0x20:
                result += "\\u00" + Hexadecimal.digits(UInt8(truncatingIfNeeded: scalar.value))
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result + "\""
    }
}
