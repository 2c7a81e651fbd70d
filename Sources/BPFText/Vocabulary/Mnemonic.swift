import BPFModel

/// What a mnemonic of uBPF's syntax stands for; the operands follow from it.
enum Mnemonic: Hashable {
    case alu(ALUOperation, Width)
    case negate(Width)
    case moveSignExtended(SignExtendedWidth, Width)
    case byteSwap(ByteSwap, SwapWidth)
    case load(MemorySize, signExtended: Bool)
    case storeImmediate(MemorySize)
    case storeRegister(MemorySize)
    case loadWide
    /// LLVM's spelling of a wide load that names something: `ld_pseudo r1, 0x1, 0x5`.
    case loadPseudo
    case loadPacket(MemorySize, indirect: Bool)
    case branch(BranchCondition, Width)
    case jump
    case longJump

    /// Every mnemonic by its spelling, made from the cases of the model.
    static let byName: [String: Mnemonic] = {
        var table: [String: Mnemonic] = [
            "lddw": .loadWide, "ld_pseudo": .loadPseudo, "ja": .jump, "ja32": .longJump,
        ]
        table.merge(arithmetic + memory + branches) { first, _ in first }
        return table
    }()

    private static let arithmetic: [(String, Mnemonic)] = {
        var rows: [(String, Mnemonic)] = []
        for (suffix, width) in widthSuffixes {
            rows += ALUOperation.allCases.map { ($0.mnemonic + suffix, .alu($0, width)) }
            rows.append(("neg" + suffix, .negate(width)))
        }
        for width in Width.allCases {
            for bits in SignExtendedWidth.allCases where width == .double || bits != .bits32 {
                rows.append(("movsx\(bits.rawValue)\(width.rawValue)", .moveSignExtended(bits, width)))
            }
        }
        for bits in SignExtendedWidth.allCases {
            rows.append(("movs\(bits.rawValue)", .moveSignExtended(bits, .double)))
        }
        for width in SwapWidth.allCases {
            rows += ByteSwap.allCases.map { ($0.name(width), .byteSwap($0, width)) }
            rows.append(("swap\(width.rawValue)", .byteSwap(.swap, width)))
        }
        return rows
    }()

    private static let memory: [(String, Mnemonic)] = MemorySize.allCases.flatMap { size in
        let suffix = size.mnemonicSuffix
        var rows: [(String, Mnemonic)] = [
            ("ldx" + suffix, .load(size, signExtended: false)),
            ("st" + suffix, .storeImmediate(size)),
            ("stx" + suffix, .storeRegister(size)),
        ]
        if size != .double {
            rows += [
                ("ldxs" + suffix, .load(size, signExtended: true)),
                ("ldabs" + suffix, .loadPacket(size, indirect: false)),
                ("ldind" + suffix, .loadPacket(size, indirect: true)),
            ]
        }
        return rows
    }

    private static let branches: [(String, Mnemonic)] = widthSuffixes.flatMap { suffix, width in
        BranchCondition.allCases.map { ($0.mnemonic + suffix, .branch($0, width)) }
    }

    /// No suffix means 64 bits; some assemblers write it out.
    private static let widthSuffixes: [(String, Width)] =
        Width.allCases.map { ($0.mnemonicSuffix, $0) } + [("64", .double)]
}
