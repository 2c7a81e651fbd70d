import BPFModel

/// Prints single instructions.
struct InstructionPrinter {
    /// The label of each slot that has one.
    let labels: [Int: String]
    let helperNames: Bool
    let mapNames: [Int32: String]

    /// The instruction at a slot, which labels are found from.
    func text(of instruction: Instruction, at slot: Int) -> String {
        switch instruction {
        case .alu(let operation, let width, let destination, let source):
            return "\(destination.name(width)) \(operation.symbol) \(text(source, width))"
        case .negate(let width, let register):
            return "\(register.name(width)) = -\(register.name(width))"
        case .moveSignExtended(let bits, let width, let destination, let source):
            return "\(destination.name(width)) = (s\(bits.rawValue))\(source.name(width))"
        case .byteSwap(let swap, let width, let register):
            return "\(register) = \(swap.name(width)) \(register)"
        case .load(let size, let signExtended, let destination, let base, let offset):
            return "\(destination) = *\(pointer(size, signed: signExtended, base, offset))"
        case .store(let size, let base, let offset, let source):
            return "*\(pointer(size, base, offset)) = \(text(source, .double))"
        case .atomic(let operation, let width, let base, let offset, let source):
            return atomic(operation, width, base, offset, source)
        case .loadAcquire(let size, let destination, let base, let offset):
            let name = OrderedAccess.loadAcquire.function
            return "\(destination.name(size.registerWidth)) = \(name)(\(pointer(size, base, offset)))"
        case .storeRelease(let size, let base, let offset, let source):
            let name = OrderedAccess.storeRelease.function
            return "\(name)(\(pointer(size, base, offset)), \(source.name(size.registerWidth)))"
        case .loadWide(let destination, let immediate):
            return "\(destination) = \(text(immediate, at: slot))"
        case .loadPacket(let size, let offset):
            return "r0 = *(\(size.typeName(signed: false)) *)skb[\(text(offset))]"
        case .jump(let offset):
            return "goto \(target(Int(offset), from: slot))"
        case .longJump(let offset):
            return "gotol \(target(Int(offset), from: slot))"
        case .branch(let condition, let width, let left, let right, let offset):
            let comparison = "\(left.name(width)) \(condition.symbol) \(text(right, width))"
            return "if \(comparison) goto \(target(Int(offset), from: slot))"
        case .call(let target):
            return "call \(text(target, at: slot))"
        case .exit:
            return "exit"
        }
    }

    private func text(_ operand: Operand, _ width: Width) -> String {
        switch operand {
        case .register(let register): register.name(width)
        case .immediate(let value): String(value)
        }
    }

    /// `(u32 *)(r1 + 4)`.
    private func pointer(_ size: MemorySize, signed: Bool = false, _ base: Register, _ offset: Int16) -> String {
        "(\(size.typeName(signed: signed)) *)(\(address(base, offset)))"
    }

    private func address(_ base: Register, _ offset: Int16) -> String {
        "\(base) \(offset < 0 ? "-" : "+") \(offset.magnitude)"
    }

    private func atomic(
        _ operation: AtomicOperation, _ width: Width, _ base: Register, _ offset: Int16, _ source: Register
    ) -> String {
        let source = source.name(width)
        let typed = pointer(width.memorySize, base, offset)
        let name = operation.function(width) ?? ""
        switch operation {
        case .modify(let combination, fetch: false):
            return "lock *\(typed) \(combination.operation.symbol) \(source)"
        case .modify(_, fetch: true):
            return "\(source) = \(name)(\(typed), \(source))"
        case .exchange:
            return "\(source) = \(name)(\(address(base, offset)), \(source))"
        case .compareExchange:
            let result = Register.r0.name(width)
            return "\(result) = \(name)(\(address(base, offset)), \(result), \(source))"
        }
    }

    private func text(_ offset: PacketOffset) -> String {
        switch offset {
        case .absolute(let offset): String(offset)
        case .indirect(let index, 0): "\(index)"
        case .indirect(let index, let offset): "\(index) \(offset < 0 ? "-" : "+") \(offset.magnitude)"
        }
    }

    private func text(_ immediate: WideImmediate, at slot: Int) -> String {
        switch immediate {
        case .value(let value): "0x\(String(value, radix: 16)) ll"
        case .map(let number): map(number)
        case .mapValue(let number, let offset): "\(map(number))[0]\(signed(Int(offset)))"
        case .variable(let id, let module): "var[id:\(id),module:\(module)]"
        case .function(let offset):
            labels[slot + 1 + Int(offset)].map { "subprog \($0)" } ?? "subprog[\(signed(Int(offset)))]"
        case .mapIndex(let index): "map[idx:\(index)]"
        case .mapIndexValue(let index, let offset): "map[idx:\(index)][0]\(signed(Int(offset)))"
        }
    }

    private func map(_ number: Int32) -> String {
        mapNames[number].map { "map \(Quoting.word($0))" } ?? "map[fd:\(number)]"
    }

    private func text(_ target: CallTarget, at slot: Int) -> String {
        switch target {
        case .helper(let id):
            guard helperNames, let row = HelperPrototype.row(of: id) else { return String(UInt32(bitPattern: id)) }
            return "\(row.name)#\(id)"
        case .local(let offset):
            return labels[slot + 1 + Int(offset)] ?? "pc\(signed(Int(offset)))"
        case .platform(let id):
            return "kfunc#\(UInt32(bitPattern: id))"
        }
    }

    private func target(_ offset: Int, from slot: Int) -> String { labels[slot + 1 + offset] ?? signed(offset) }

    private func signed(_ number: Int) -> String { number < 0 ? String(number) : "+\(number)" }
}
