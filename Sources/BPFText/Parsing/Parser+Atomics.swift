import BPFModel

/// Atomic operations: LLVM's functions and `lock` statements, and uBPF's `lock` mnemonics.
extension Parser {
    /// What follows `lock`.
    mutating func locked() throws(Problem) -> Instruction {
        if current.kind == .name { return try lockedMnemonic() }
        try expect("*")
        let sizePosition = token(ahead: 1).position
        let (size, address) = try typedAddress("an atomic operation")
        let width = try atomicWidth(size, at: sizePosition)
        guard current.kind == .symbol, let combination = Operators.combinations[current.text] else {
            throw .expected("'+=', '|=', '&=' or '^='", found: current)
        }
        advance()
        return .atomic(
            .modify(combination, fetch: false), width, base: address.base, offset: address.offset,
            source: try register(for: size))
    }

    private func atomicWidth(_ size: MemorySize, at position: SourcePosition) throws(Problem) -> Width {
        guard let width = Width(size) else {
            throw .noSuchSize(
                size.typeName(signed: false), "an atomic operation", sizes: "u32 or u64", at: position)
        }
        return width
    }

    /// `add [r1+4], r2`, with `fetch` before and `32` after the name where wanted.
    private mutating func lockedMnemonic() throws(Problem) -> Instruction {
        let fetch = acceptName("fetch")
        guard current.kind == .name, let entry = Names.atomicMnemonics[current.text] else {
            throw .unknownAtomic(current)
        }
        advance()
        let address = try bracketedAddress()
        try expect(",")
        return .atomic(
            fetch ? entry.operation.fetching : entry.operation, entry.width, base: address.base,
            offset: address.offset, source: try wholeRegister())
    }

    /// What follows `r2 =`: `atomic_fetch_add((u64 *)(r1 + 0), r2)`, `xchg_64(r1 + 0, r2)` and the like.
    mutating func atomic(
        _ function: Names.AtomicFunction, into target: Names.NamedRegister, written token: Token
    ) throws(Problem) -> Instruction {
        let name = current
        advance()
        try expect("(")
        let (width, address) = try atomicAddress(function, name)
        guard target.width == .double || width == .word else {
            throw .registerWidth(token, needs: target.register.name(.double), why: "64 bits are used")
        }
        try expect(",")
        var result = target.register
        if function.operation == .compareExchange {
            result = .r0
            guard target.register == result else {
                throw .inPlace(token, needs: result.name(width), operation: name.text)
            }
            try register(result, width, of: name)
            try expect(",")
        }
        let sourceToken = current
        let source = try register(for: width.memorySize)
        guard function.operation == .compareExchange || source == result else {
            throw .inPlace(sourceToken, needs: result.name(width), operation: name.text)
        }
        try expect(")")
        return .atomic(function.operation, width, base: address.base, offset: address.offset, source: source)
    }

    /// Reads a register that can only be one.
    private mutating func register(_ only: Register, _ width: Width, of function: Token) throws(Problem) {
        let token = current
        guard try register(for: width.memorySize) == only else {
            throw .inPlace(token, needs: only.name(width), operation: function.text)
        }
    }

    /// The first argument: an address, with a type where the name doesn't tell the width.
    private mutating func atomicAddress(
        _ function: Names.AtomicFunction, _ name: Token
    ) throws(Problem) -> (Width, Address) {
        guard isSymbol("(") else {
            guard let width = function.width else { throw .expected("a type such as '(u64 *)'", found: current) }
            return (width, try address())
        }
        let position = token(ahead: 1).position
        let (size, address) = try typedAddress("an atomic operation")
        let width = try atomicWidth(size, at: position)
        if let named = function.width, named != width {
            throw .noSuchSize(
                size.typeName(signed: false), name.text, sizes: named.memorySize.typeName(signed: false), at: position)
        }
        return (width, address)
    }

    /// What follows `r1 =`: `load_acquire((u32 *)(r2 + 4))`.
    mutating func loadAcquire(
        into target: Names.NamedRegister, written token: Token
    ) throws(Problem) -> Instruction {
        advance()
        try expect("(")
        let (size, address) = try typedAddress("an ordered load")
        try expect(")")
        guard target.width == .double || size != .double else {
            throw .registerWidth(token, needs: target.register.name(.double), why: "64 bits are loaded")
        }
        return .loadAcquire(size, target.register, base: address.base, offset: address.offset)
    }

    /// What follows `store_release`: `((u32 *)(r1 + 4), r2)`.
    mutating func storeRelease() throws(Problem) -> Instruction {
        try expect("(")
        let (size, address) = try typedAddress("an ordered store")
        try expect(",")
        let source = try register(for: size)
        try expect(")")
        return .storeRelease(size, base: address.base, offset: address.offset, source: source)
    }
}

extension Width {
    /// The width of a memory size, where atomic operations have it.
    fileprivate init?(_ size: MemorySize) {
        switch size {
        case .word: self = .word
        case .double: self = .double
        case .byte, .half: return nil
        }
    }
}
