import BPFModel

/// How registers, widths and sizes are spelled in both syntaxes.
extension Width {
    /// The letter before a register's number: `w` names the low 32 bits.
    var registerPrefix: String {
        switch self {
        case .word: "w"
        case .double: "r"
        }
    }

    /// What follows `xchg` and `cmpxchg` in LLVM's syntax.
    var exchangeSuffix: String {
        switch self {
        case .word: "32_32"
        case .double: "_64"
        }
    }

    /// What follows a mnemonic of uBPF's syntax.
    var mnemonicSuffix: String {
        switch self {
        case .word: "32"
        case .double: ""
        }
    }
}

extension Register {
    /// The register's name as an operand of a width: `r3` or `w3`.
    func name(_ width: Width) -> String { width.registerPrefix + String(rawValue) }
}

extension MemorySize {
    /// The type LLVM's syntax writes, such as `u32` or, sign-extended, `s32`.
    func typeName(signed: Bool) -> String { (signed ? "s" : "u") + String(bits) }

    /// The width LLVM's syntax names registers with in atomic accesses of the size.
    var registerWidth: Width { self == .double ? .double : .word }

    /// The letters that end a mnemonic of uBPF's syntax.
    var mnemonicSuffix: String {
        switch self {
        case .byte: "b"
        case .half: "h"
        case .word: "w"
        case .double: "dw"
        }
    }
}

/// Names that stand for a value of the model, by spelling.
enum Names {
    /// A register as it was written, with the width its letter says.
    struct NamedRegister: Hashable {
        let register: Register
        let width: Width
    }

    /// `r0` to `r10` and `w0` to `w10`.
    static let registers: [String: NamedRegister] = {
        var table: [String: NamedRegister] = [:]
        for width in Width.allCases {
            for register in Register.allCases {
                table[register.name(width)] = NamedRegister(register: register, width: width)
            }
        }
        return table
    }()

    /// A type of memory: `u8` to `u64` and `s8` to `s32`.
    struct MemoryType: Hashable {
        let size: MemorySize
        let signed: Bool
    }

    static let memoryTypes: [String: MemoryType] = {
        var table: [String: MemoryType] = [:]
        for size in MemorySize.allCases {
            table[size.typeName(signed: false)] = MemoryType(size: size, signed: false)
            if size != .double { table[size.typeName(signed: true)] = MemoryType(size: size, signed: true) }
        }
        return table
    }()

    /// The casts of sign-extending moves: `s8`, `s16` and `s32`.
    static let casts: [String: SignExtendedWidth] = Dictionary(
        uniqueKeysWithValues: SignExtendedWidth.allCases.map { ("s" + String($0.rawValue), $0) })

    /// A byte-order operation and its width.
    struct NamedSwap: Hashable {
        let swap: ByteSwap
        let width: SwapWidth
    }

    /// The names of byte-order operations: `le16` to `bswap64`.
    static let byteSwaps: [String: NamedSwap] = {
        var table: [String: NamedSwap] = [:]
        for swap in ByteSwap.allCases {
            for width in SwapWidth.allCases { table[swap.name(width)] = NamedSwap(swap: swap, width: width) }
        }
        return table
    }()

    /// The functions of atomic operations: LLVM's such as `cmpxchg_64`, and the kernel's such as `atomic64_xchg`.
    static let atomicFunctions: [String: AtomicFunction] = {
        var table: [String: AtomicFunction] = [:]
        for operation in AtomicOperation.allCases {
            guard let kernelName = operation.kernelName else { continue }
            table["atomic_" + kernelName] = AtomicFunction(operation: operation, width: nil)
            table["atomic64_" + kernelName] = AtomicFunction(operation: operation, width: .double)
            for width in Width.allCases {
                guard let name = operation.function(width), table[name] == nil else { continue }
                table[name] = AtomicFunction(operation: operation, width: width)
            }
        }
        return table
    }()

    /// What the name of an atomic function says.
    struct AtomicFunction: Hashable {
        let operation: AtomicOperation
        /// The width, where the name tells it; else the type of the argument does.
        let width: Width?
    }

    /// What may follow `lock` and `lock fetch` in uBPF's syntax, with the operation that doesn't fetch where there
    /// is one.
    static let atomicMnemonics: [String: AtomicMnemonic] = {
        var table: [String: AtomicMnemonic] = [:]
        for operation in Set(AtomicOperation.allCases.map(\.withoutFetch)) {
            for width in Width.allCases {
                table[operation.mnemonic + width.mnemonicSuffix] = AtomicMnemonic(operation: operation, width: width)
            }
        }
        return table
    }()

    /// What the mnemonic of an atomic operation says.
    struct AtomicMnemonic: Hashable {
        let operation: AtomicOperation
        let width: Width
    }

    /// The numbers of helpers by their names.
    static let helpers: [String: Int32] = Dictionary(
        uniqueKeysWithValues: HelperPrototype.all.map { ($0.name, $0.id) })

    /// Constants every text may use: the context's fields, such as `__sk_buff.len`, as offsets.
    static let contextFields: [String: Number] = {
        var table: [String: Number] = [:]
        for type in ProgramType.allCases {
            let layout = type.context
            for field in layout.fields + layout.hidden {
                table[layout.structure + "." + field.name] = Number(magnitude: UInt64(field.offset))
            }
        }
        return table
    }()
}

extension ByteSwap {
    /// The name in LLVM's syntax, such as `be16`.
    func name(_ width: SwapWidth) -> String { name + String(width.rawValue) }
}
