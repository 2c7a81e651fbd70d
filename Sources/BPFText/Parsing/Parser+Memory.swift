import BPFModel

/// Accesses to memory in LLVM's syntax.
extension Parser {
    /// A register and an offset in bytes.
    struct Address {
        let base: Register
        let offset: Int16
    }

    /// `r1`, `r1 + 4` or `r1 - 4`, without what encloses it.
    mutating func address() throws(Problem) -> Address {
        let base = try wholeRegister()
        guard isSymbol("+") || isSymbol("-") else { return Address(base: base, offset: 0) }
        let isNegative = isSymbol("-")
        advance()
        let position = current.position
        let number = try number()
        let signed = isNegative ? number.negated : number
        guard let offset = signed.value(as: Int16.self) else {
            throw .outOfRange(signed, "offset", limits: "-32768 and 32767", at: position)
        }
        return Address(base: base, offset: offset)
    }

    /// `(u32 *)`, the type of what an address points to.
    mutating func pointerType() throws(Problem) -> Names.MemoryType {
        try expect("(")
        guard current.kind == .name, let type = Names.memoryTypes[current.text] else {
            throw .expected("a type: u8, u16, u32, u64, s8, s16 or s32", found: current)
        }
        advance()
        try expect("*")
        try expect(")")
        return type
    }

    /// `(u32 *)(r1 + 4)`, with a type that has no sign.
    mutating func typedAddress(_ what: String) throws(Problem) -> (size: MemorySize, address: Address) {
        let position = token(ahead: 1).position
        let type = try pointerType()
        guard !type.signed else {
            throw .noSuchSize(type.name, what, sizes: "u8, u16, u32 or u64", at: position)
        }
        return (type.size, try enclosedAddress())
    }

    private mutating func enclosedAddress() throws(Problem) -> Address {
        try expect("(")
        let address = try address()
        try expect(")")
        return address
    }

    /// What follows `r1 =`: `*(u32 *)(r1 + 4)` or `*(u16 *)skb[12]`.
    mutating func load(into target: Names.NamedRegister, written token: Token) throws(Problem) -> Instruction {
        try expect("*")
        let typePosition = self.token(ahead: 1).position
        let type = try pointerType()
        if acceptName("skb") { return try packetLoad(type, into: target, written: token, typePosition) }
        let address = try enclosedAddress()
        if target.width == .word, type.signed || type.size == .double {
            let why = type.signed ? "the sign is extended to 64 bits" : "64 bits are loaded"
            throw .registerWidth(token, needs: target.register.name(.double), why: why)
        }
        return .load(
            type.size, signExtended: type.signed, target.register, base: address.base, offset: address.offset)
    }

    private mutating func packetLoad(
        _ type: Names.MemoryType, into target: Names.NamedRegister, written token: Token,
        _ typePosition: SourcePosition
    ) throws(Problem) -> Instruction {
        guard !type.signed, type.size != .double else {
            throw .noSuchSize(type.name, "a packet load", sizes: "u8, u16 or u32", at: typePosition)
        }
        guard target == Names.NamedRegister(register: .r0, width: .double) else {
            throw .registerWidth(token, needs: "r0", why: "packet loads always fill r0")
        }
        try expect("[")
        let offset = try packetOffset()
        try expect("]")
        return .loadPacket(type.size, offset)
    }

    private mutating func packetOffset() throws(Problem) -> PacketOffset {
        guard startsRegister else { return .absolute(try immediate()) }
        let index = try wholeRegister()
        guard isSymbol("+") || isSymbol("-") else { return .indirect(index, 0) }
        return .indirect(index, try immediate())
    }

    /// `*(u32 *)(r1 + 4) = r2`, or a number on the right.
    mutating func store() throws(Problem) -> Instruction {
        try expect("*")
        let (size, address) = try typedAddress("a store")
        try expect("=")
        let source: Operand =
            startsRegister ? .register(try register(for: size)) : .immediate(try immediate())
        return .store(size, base: address.base, offset: address.offset, source)
    }
}

extension Names.MemoryType {
    var name: String { size.typeName(signed: signed) }
}
