extension ClassicInstruction {
    /// The instruction as line `index` of `tcpdump -d`, without a line end.
    public func listing(at index: Int) -> String {
        let (mnemonic, operand) = listingParts(at: index)
        let head = "(" + decimal(index, width: 3) + ") " + padded(mnemonic, to: 8) + " "
        // libpcap goes by the class, also of codes it has no name for.
        let isBranch = code & ClassicCode.classMask == ClassicCode.jump && code & ClassicCode.operationMask != 0
        guard isBranch else { return head + operand }
        return head + padded(operand, to: 16) + " jt \(index + 1 + Int(jt))\tjf \(index + 1 + Int(jf))"
    }

    /// Mnemonic and operand; libpcap prints constants as signed decimal or as hexadecimal, by operation.
    private func listingParts(at index: Int) -> (String, String) {
        let signed = Int32(truncatingIfNeeded: k)
        switch operation {
        case .loadAbsolute(let size, let offset):
            let place = AncillaryField(offset: offset)?.listingName ?? String(signed)
            return ("ld" + size.suffix, "[\(place)]")
        case .loadIndexed(let size, _): return ("ld" + size.suffix, "[x + \(signed)]")
        case .loadHeaderLength: return ("ldxb", "4*([\(signed)]&0xf)")
        case .loadLength(.a): return ("ld", "#pktlen")
        case .loadConstant(let register, let value): return (register.load, "#0x" + String(value, radix: 16))
        case .loadMemory(let register, _): return (register.load, "M[\(signed)]")
        case .store(let register, _): return (register == .a ? "st" : "stx", "M[\(signed)]")
        case .arithmetic(let operation, .x): return (operation.mnemonic, "x")
        case .arithmetic(let operation, .constant(let value)):
            let isMask = operation == .and || operation == .or || operation == .xor
            return (operation.mnemonic, isMask ? "#0x" + String(value, radix: 16) : "#\(signed)")
        case .negate: return ("neg", "")
        case .jump: return ("ja", String(Int32(truncatingIfNeeded: index + 1) &+ signed))
        case .branch(let condition, .x, _, _): return (condition.mnemonic, "x")
        case .branch(let condition, .constant(let value), _, _):
            return (condition.mnemonic, "#0x" + String(value, radix: 16))
        case .returnConstant: return ("ret", "#\(signed)")
        case .returnAccumulator: return ("ret", "")
        case .copyToX: return ("tax", "")
        case .copyToA: return ("txa", "")
        // libpcap runs the length load of X, but has no text for it.
        case .loadLength(.x), nil: return ("unimp", "0x" + String(code, radix: 16))
        }
    }
}

extension ClassicOperation.Size {
    fileprivate var suffix: String {
        switch self {
        case .word: ""
        case .half: "h"
        case .byte: "b"
        }
    }
}

extension ClassicOperation.Register {
    fileprivate var load: String { self == .a ? "ld" : "ldx" }
}

extension ClassicOperation.Arithmetic {
    fileprivate var mnemonic: String {
        switch self {
        case .add: "add"
        case .sub: "sub"
        case .mul: "mul"
        case .div: "div"
        case .or: "or"
        case .and: "and"
        case .lsh: "lsh"
        case .rsh: "rsh"
        case .mod: "mod"
        case .xor: "xor"
        }
    }
}

extension ClassicOperation.Condition {
    fileprivate var mnemonic: String {
        switch self {
        case .equal: "jeq"
        case .greater: "jgt"
        case .greaterOrEqual: "jge"
        case .anyBit: "jset"
        }
    }
}

/// `number` with leading zeros up to `width` digits.
private func decimal(_ number: Int, width: Int) -> String {
    let digits = String(number)
    return String(repeating: "0", count: max(0, width - digits.count)) + digits
}

/// `text` with spaces behind it up to `width` characters.
private func padded(_ text: String, to width: Int) -> String {
    text + String(repeating: " ", count: max(0, width - text.utf8.count))
}
