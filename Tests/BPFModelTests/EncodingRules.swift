import BPFModel

/// The encodings RFC 9669 assigns, written down a second time and by opcode, to hold the model's table against.
struct EncodingRule: Sendable {
    /// What a register field may be.
    enum Field: Sendable {
        case zero
        /// 0 through 10.
        case register
        /// 0 through the number.
        case upTo(UInt8)

        func admits(_ value: UInt8) -> Bool {
            switch self {
            case .zero: value == 0
            case .register: value <= 10
            case .upTo(let last): value <= last
            }
        }
    }

    /// What a number field may be; empty means any.
    typealias Values = [Int32]

    let opcode: UInt8
    let destination: Field
    let source: Field
    let offset: Values
    let immediate: Values

    func admits(_ raw: RawInstruction) -> Bool {
        destination.admits(raw.destination) && source.admits(raw.source)
            && (offset.isEmpty || offset.contains(Int32(raw.offset)))
            && (immediate.isEmpty || immediate.contains(raw.immediate))
    }

    static let any: Values = []
    static let zero: Values = [0]

    /// The rule of each opcode that has one.
    static let byOpcode: [UInt8: EncodingRule] = {
        var rules: [UInt8: EncodingRule] = [:]
        func add(
            _ opcodes: [UInt8], _ destination: Field, _ source: Field, _ offset: Values, _ immediate: Values
        ) {
            for opcode in opcodes {
                precondition(rules[opcode] == nil)
                rules[opcode] = EncodingRule(
                    opcode: opcode, destination: destination, source: source, offset: offset, immediate: immediate)
            }
        }
        let ordered: Values = [0x100, 0x110]
        let atomics: Values = [0, 1, 0x40, 0x41, 0x50, 0x51, 0xa0, 0xa1, 0xe1, 0xf1]
        // Arithmetic with a number: add, sub, mul, or, and, lsh, rsh, xor, mov, arsh; div and mod have signed forms.
        add([0x04, 0x14, 0x24, 0x44, 0x54, 0x64, 0x74, 0xa4, 0xb4, 0xc4], .register, .zero, zero, any)
        add([0x07, 0x17, 0x27, 0x47, 0x57, 0x67, 0x77, 0xa7, 0xb7, 0xc7], .register, .zero, zero, any)
        add([0x34, 0x94, 0x37, 0x97], .register, .zero, [0, 1], any)
        // Arithmetic with a register.
        add([0x0c, 0x1c, 0x2c, 0x4c, 0x5c, 0x6c, 0x7c, 0xac, 0xcc], .register, .register, zero, zero)
        add([0x0f, 0x1f, 0x2f, 0x4f, 0x5f, 0x6f, 0x7f, 0xaf, 0xcf], .register, .register, zero, zero)
        add([0x3c, 0x9c, 0x3f, 0x9f], .register, .register, [0, 1], zero)
        add([0xbc], .register, .register, [0, 8, 16], zero)
        add([0xbf], .register, .register, [0, 8, 16, 32], zero)
        // Negation and byte order.
        add([0x84, 0x87], .register, .zero, zero, zero)
        add([0xd4, 0xdc, 0xd7], .register, .zero, zero, [16, 32, 64])
        // Loads, sign-extending loads, stores of numbers and of registers, atomics.
        add([0x61, 0x69, 0x71, 0x79, 0x81, 0x89, 0x91], .register, .register, any, zero)
        add([0x62, 0x6a, 0x72, 0x7a], .register, .zero, any, any)
        add([0x63, 0x6b, 0x73, 0x7b], .register, .register, any, zero)
        add([0xc3, 0xdb], .register, .register, any, atomics + ordered)
        add([0xcb, 0xd3], .register, .register, any, ordered)
        // Packet loads and the wide load.
        add([0x20, 0x28, 0x30], .zero, .zero, zero, any)
        add([0x40, 0x48, 0x50], .zero, .register, zero, any)
        add([0x18], .register, .upTo(6), zero, any)
        // Conditional jumps.
        for operation: UInt8 in [0x10, 0x20, 0x30, 0x40, 0x50, 0x60, 0x70, 0xa0, 0xb0, 0xc0, 0xd0] {
            add([operation | 0x05, operation | 0x06], .register, .zero, any, any)
            add([operation | 0x0d, operation | 0x0e], .register, .register, any, zero)
        }
        // ja, gotol, call, exit.
        add([0x05], .zero, .zero, any, zero)
        add([0x06], .zero, .zero, zero, any)
        add([0x85], .zero, .upTo(2), zero, any)
        add([0x95], .zero, .zero, zero, zero)
        return rules
    }()
}
