import BPFModel

/// Comparisons with constants, as fused operations have them: unsigned, on 32 bits.
enum ConstantComparison {
    /// The comparison a branch makes, in the conditions that fused operations exist for.
    ///
    /// The value compared is one that was just loaded: at most 32 bits, zero-extended.
    static func of(_ branch: Operation) -> (BranchCondition, UInt32)? {
        let word = UInt32(truncatingIfNeeded: branch.immediate)
        let fits = branch.immediate >= 0
        switch branch.code {
        case .equal32I: return (.equal, word)
        case .notEqual32I: return (.notEqual, word)
        case .bitsSet32I: return (.bitsSet, word)
        case .greater32I: return (.greater, word)
        case .lessOrEqual32I: return (.lessOrEqual, word)
        case .greaterOrEqual32I: return word > 0 ? (.greater, word - 1) : nil
        case .less32I: return word > 0 ? (.lessOrEqual, word - 1) : nil
        case .equal64I: return fits ? (.equal, word) : nil
        case .notEqual64I: return fits ? (.notEqual, word) : nil
        case .bitsSet64I: return fits ? (.bitsSet, word) : nil
        case .greater64I: return fits ? (.greater, word) : nil
        case .lessOrEqual64I: return fits ? (.lessOrEqual, word) : nil
        case .greaterOrEqual64I: return fits && word > 0 ? (.greater, word - 1) : nil
        case .less64I: return fits && word > 0 ? (.lessOrEqual, word - 1) : nil
        default: return nil
        }
    }

    /// The operation of a load followed by a comparison, where there is one.
    static func fused(_ load: Opcode, _ condition: BranchCondition) -> Opcode? {
        rows.first { $0.load == load && $0.condition == condition }?.fused
    }

    private static let rows: [(load: Opcode, condition: BranchCondition, fused: Opcode)] = [
        (.packet8, .equal, .packet8Equal), (.packet8, .notEqual, .packet8NotEqual),
        (.packet8, .bitsSet, .packet8BitsSet), (.packet8, .greater, .packet8Greater),
        (.packet8, .lessOrEqual, .packet8LessOrEqual),
        (.packet16, .equal, .packet16Equal), (.packet16, .notEqual, .packet16NotEqual),
        (.packet16, .bitsSet, .packet16BitsSet), (.packet16, .greater, .packet16Greater),
        (.packet16, .lessOrEqual, .packet16LessOrEqual),
        (.packet32, .equal, .packet32Equal), (.packet32, .notEqual, .packet32NotEqual),
        (.packet32, .bitsSet, .packet32BitsSet), (.packet32, .greater, .packet32Greater),
        (.packet32, .lessOrEqual, .packet32LessOrEqual),
        (.packetIndirect8, .equal, .indirect8Equal), (.packetIndirect8, .notEqual, .indirect8NotEqual),
        (.packetIndirect8, .bitsSet, .indirect8BitsSet),
        (.packetIndirect16, .equal, .indirect16Equal), (.packetIndirect16, .notEqual, .indirect16NotEqual),
        (.packetIndirect16, .bitsSet, .indirect16BitsSet), (.packetIndirect16, .greater, .indirect16Greater),
        (.packetIndirect16, .lessOrEqual, .indirect16LessOrEqual),
        (.packetIndirect32, .equal, .indirect32Equal), (.packetIndirect32, .notEqual, .indirect32NotEqual),
        (.load8, .equal, .load8Equal), (.load8, .notEqual, .load8NotEqual),
        (.load32, .equal, .load32Equal), (.load32, .notEqual, .load32NotEqual),
        (.load16Swapped, .equal, .load16SwappedEqual), (.load16Swapped, .notEqual, .load16SwappedNotEqual),
        (.load32Swapped, .equal, .load32SwappedEqual), (.load32Swapped, .notEqual, .load32SwappedNotEqual),
    ]
}
