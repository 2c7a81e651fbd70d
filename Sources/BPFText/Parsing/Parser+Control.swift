import BPFModel

/// Jumps and calls in LLVM's syntax.
extension Parser {
    /// Where a jump goes: a distance in slots, or a label.
    enum Target {
        case distance(Number, SourcePosition)
        case label(Draft.Reference)
    }

    /// What follows `if`: `r1 s> 5 goto +3`.
    mutating func branch() throws(Problem) -> Draft.Body {
        let left = try register()
        guard current.kind == .symbol, let condition = Operators.comparisons[current.text] else {
            throw .expected("a comparison such as '==' or 's>'", found: current)
        }
        advance()
        let right = try operand(left.width)
        guard acceptName(Keyword.goto.rawValue) else { throw .expected("'goto'", found: current) }
        return try branch(condition, left.width, left.register, right)
    }

    /// The target of a conditional jump, in either syntax.
    mutating func branch(
        _ condition: BranchCondition, _ width: Width, _ left: Register, _ right: Operand
    ) throws(Problem) -> Draft.Body {
        switch try target() {
        case .label(let label): return .branch(condition, width, left, right, label)
        case .distance(let number, let position):
            let offset = try distance(
                number, as: Int16.self, at: position, remedy: ": jump over a gotol on the opposite condition")
            return .complete(.branch(condition, width, left, right, offset: offset))
        }
    }

    /// What follows `goto` or `ja`.
    mutating func jump() throws(Problem) -> Draft.Body {
        switch try target() {
        case .label(let label): return .jump(label)
        case .distance(let number, let position):
            return .complete(.jump(try distance(number, as: Int16.self, at: position, remedy: ": use gotol")))
        }
    }

    /// What follows `gotol` or `ja32`.
    mutating func longJump() throws(Problem) -> Draft.Body {
        switch try target() {
        case .label(let label): return .longJump(label)
        case .distance(let number, let position):
            return .complete(.longJump(try distance(number, as: Int32.self, at: position)))
        }
    }

    private mutating func target() throws(Problem) -> Target {
        let hasProgramCounter = acceptName("pc")
        let start = current
        let isSigned = isSymbol("+") || isSymbol("-")
        if hasProgramCounter, !isSigned { throw .expected("'+' or '-'", found: start) }
        if isSigned {
            let number = try number()
            skipAnnotation()
            return .distance(number, start.position)
        }
        if case .number(let magnitude) = start.kind {
            throw .unsignedOffset(Number(magnitude: magnitude), at: start.position)
        }
        return .label(try reference("a label or an offset such as +3"))
    }

    private func distance<Offset: FixedWidthInteger & SignedInteger>(
        _ number: Number, as type: Offset.Type, at position: SourcePosition, remedy: String = ""
    ) throws(Problem) -> Offset {
        guard let offset = number.value(as: type) else {
            throw .outOfRange(
                number, "jump offset", limits: "\(Offset.min) and \(Offset.max)" + remedy, at: position)
        }
        return offset
    }

    /// What LLVM's listings add to a target: `<main+0x18>`.
    private mutating func skipAnnotation() {
        guard isSymbol("<") else { return }
        while !current.endsStatement { advance() }
    }

    /// What follows `call`: a helper's number or name, `pc+3`, `local` and a label, or `kfunc#7`.
    mutating func call() throws(Problem) -> Draft.Body {
        if acceptName("local") { return try localCall() }
        if isName("pc") || isSymbol("+") || isSymbol("-") {
            _ = acceptName("pc")
            return .complete(.call(.local(try number(as: Int32.self, "call offset"))))
        }
        if acceptName("kfunc") {
            guard current.kind == .helperMark else { throw .expected("'#' and a number", found: current) }
            advance()
            return .complete(.call(.platform(try immediate())))
        }
        if current.kind == .name, token(ahead: 1).kind == .helperMark { return try numberedHelper() }
        if case .number = current.kind { return .complete(.call(.helper(try immediate()))) }
        if let number = draft.constants[current.text], current.kind == .name {
            guard let id = number.bits(as: Int32.self) else {
                throw .outOfRange(number, "helper", limits: "0 and \(UInt32.max)", at: current.position)
            }
            advance()
            return .complete(.call(.helper(id)))
        }
        return .call(try reference("a helper, a label or an offset such as pc+3"))
    }

    private mutating func localCall() throws(Problem) -> Draft.Body {
        if isSymbol("+") || isSymbol("-") { return .complete(.call(.local(try number(as: Int32.self, "call offset")))) }
        if case .number = current.kind { return .complete(.call(.local(try immediate()))) }
        return .callLocal(try reference("the label of a function"))
    }

    /// `bpf_ktime_get_ns#5`: the number counts, and must be the name's where the name is known.
    private mutating func numberedHelper() throws(Problem) -> Draft.Body {
        let name = current
        advance()
        advance()
        let id = try immediate()
        if let known = Names.helpers[name.text], known != id { throw .helperNumber(name, known: known, found: id) }
        return .complete(.call(.helper(id)))
    }
}
