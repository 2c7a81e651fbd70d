import BPFModel
import BPFVerifier
import TestKit

// MARK: Beginnings

extension BlockGenerator {
    /// Gives registers numbers that nothing is known of, and `r9` an address.
    mutating func prologue() {
        emit(.move(.r6, .register(.r1)))
        give(.r6, entry == .context ? .context : .memory)
        give(.r1, role(.r6))
        for register in [Register.r7, .r8] { unknown(register) }
        for register in [Register.r0, .r3, .r4, .r5] where random.oneIn(2) {
            emit(.move(register, .immediate(edge())))
            give(register, .number)
        }
        if random.oneIn(2) { spill(.register(number())) }
        guard random.oneIn(2) else { return }
        if hasPacketPointers, random.oneIn(2) {
            packetPointer()
        } else {
            lookup()
            emit(.jump(if: .notEqual, .r0, 0, skip: 2), .move(.r0, 0), .exit, .move(.r9, .register(.r0)))
            give(.r0, .nothing)
        }
    }

    private mutating func packetPointer() {
        let (data, end) = packetFields
        let size = Int32(int(1...20))
        emit(
            .load(.word, .r9, .r6, data), .load(.word, .r2, .r6, end), .move(.r3, .register(.r9)),
            .alu(.add, .r3, .immediate(size)), .jump(if: .lessOrEqual, .r3, .register(.r2), skip: 2), .move(.r0, 0),
            .exit)
        give(.r9, .packet)
        give(.r2, .nothing)
        give(.r3, .nothing)
    }

    /// Whether the context has the packet's addresses.
    var hasPacketPointers: Bool { entry == .context && (type == .schedCls || type == .xdp) }

    var packetFields: (data: Int16, end: Int16) { type == .xdp ? (0, 4) : (76, 80) }

    /// A number that nothing is known of.
    mutating func unknown(_ register: Register) {
        give(register, .number)
        guard entry == .context else {
            return emit(.load(size(), register, .r6, Int16(int(0...(Self.memorySize - 8)))))
        }
        guard type.seesPackets else {
            let size = size()
            return emit(.load(size, register, .r6, contextBytes(size)))
        }
        if random.oneIn(3), type != .xdp {
            emit(.load(.double, signExtended: false, register, base: .r6, offset: 48))
        } else {
            emit(.load(.word, register, .r6, type == .xdp ? 12 : random.pick([0, 8, 32, 40, 48, 68])))
        }
    }

    /// Where a piece of a context lies that is plain memory.
    mutating func contextBytes(_ size: MemorySize) -> Int16 {
        let bytes = type.context.readableBytes ?? 0..<8
        return Int16(bytes.lowerBound + int(0...min(bytes.count / size.bytes - 1, 20)) * size.bytes)
    }
}

// MARK: Statements

extension BlockGenerator {
    mutating func statements(depth: Int) {
        for _ in 0..<int(1...8) where budget > 0 {
            budget -= 1
            statement(depth: depth)
        }
    }

    private mutating func statement(depth: Int) {
        switch int(0...27) {
        case 0...4: arithmetic()
        case 5: unary()
        case 6: constant()
        case 7...9: if depth < 3 { fork(depth: depth) }
        case 10: if depth < 2 { loop(depth: depth) }
        case 11: spill(.register(number()))
        case 12: fill()
        case 13: narrowStack()
        case 14, 15: boundedAccess(.stack)
        case 16: contextAccess()
        case 17, 18: packetAccess()
        case 19, 20: valueAccess()
        case 21, 22: baseAccess()
        case 23: atomic()
        case 24: helper()
        case 25: callFunction()
        case 26: pointers()
        default: copy()
        }
        if random.oneIn(60) { slip() }
    }

    mutating func arithmetic() {
        let register = number()
        let width = width()
        switch random.pick(ALUOperation.allCases) {
        case let operation where [.lsh, .rsh, .arsh].contains(operation) && !random.oneIn(8):
            let count = Int32(int(0...(width == .word ? 31 : random.oneIn(2) ? 63 : 12)))
            emit(.alu(operation, width, register, .immediate(count)))
        case let operation where [.div, .mod, .sdiv, .smod].contains(operation):
            let divisor = edge()
            emit(
                .alu(
                    operation, width, register,
                    random.oneIn(2) ? .register(number()) : .immediate(divisor == 0 ? 3 : divisor)))
        case let operation: emit(.alu(operation, width, register, operand()))
        }
    }

    private mutating func unary() {
        let register = number()
        switch int(0...3) {
        case 0: emit(.negate(width(), register))
        case 1: emit(.byteSwap(random.pick(ByteSwap.allCases), random.pick(SwapWidth.allCases), register))
        case 2:
            emit(.moveSignExtended(random.pick(SignExtendedWidth.allCases), .double, register, number()))
        default: emit(.moveSignExtended(random.pick([.bits8, .bits16]), .word, register, number()))
        }
    }

    private mutating func constant() {
        let register = free()
        switch int(0...3) {
        case 3: emit(.move(register, .immediate(small())))
        case 0:
            let shift = UInt64(int(0...63))
            emit(.loadWide(register, .value(random.next() >> shift)))
        case 1: emit(.alu(.mov, width(), register, .immediate(edge())))
        default: return unknownAgain(register)
        }
        give(register, .number)
    }

    private mutating func unknownAgain(_ register: Register) {
        guard role(.r6) == .context || role(.r6) == .memory else { return }
        unknown(register)
    }

    private mutating func copy() {
        let source = number()
        let register = free(except: source)
        emit(.alu(.mov, random.oneIn(4) ? .word : .double, register, .register(source)))
        give(register, .number)
    }

    /// A branch over a block, or between two.
    private mutating func fork(depth: Int) {
        let comparison = (number(), operand())
        let condition = random.pick(BranchCondition.allCases)
        var other = self
        let taken = block { $0.statements(depth: depth + 1) }
        guard random.oneIn(2) else {
            merge(other)
            emit(.branch(condition, width(), comparison.0, comparison.1, offset: Int16(taken.slotCount)))
            code += taken
            return
        }
        other.random = random
        other.budget = budget
        let untaken = other.block { $0.statements(depth: depth + 1) }
        (random, budget) = (other.random, other.budget)
        merge(other)
        emit(.branch(condition, width(), comparison.0, comparison.1, offset: Int16(taken.slotCount + 1)))
        code += taken + [.jump(Int16(untaken.slotCount))] + untaken
    }

    /// A loop that is counted up or down, sometimes to a number that is not known.
    private mutating func loop(depth: Int) {
        let counter = free()
        let isUp = random.oneIn(2)
        let count = Int32(int(1...5))
        if random.oneIn(3), role(counter) == .number {
            emit(.alu(.and, counter, .immediate(7)))
        } else {
            emit(.move(counter, .immediate(isUp ? 0 : count)))
        }
        give(counter, .reserved)
        let before = roles
        var body = block { $0.statements(depth: depth + 1) }
        for (index, role) in before.enumerated() where roles[index] != role {
            // What the next iteration reads must be there.
            guard role == .number, let register = Register(rawValue: UInt8(index)) else { continue }
            body.append(.move(register, .immediate(edge())))
            roles[index] = .number
        }
        let condition: BranchCondition = isUp ? random.pick([.less, .lessOrEqual, .notEqual, .signedLess]) : .greater
        body.append(.alu(isUp ? .add : .sub, counter, 1))
        let back = Int16(-(body.slotCount + 1))
        emit()
        code += body
        emit(.branch(condition, width(), counter, .immediate(isUp ? count : 0), offset: back))
        give(counter, .number)
    }

    private mutating func slip() {
        let registers: [Register] = [.r0, .r1, .r2, .r6, .r9, .r10]
        switch int(0...4) {
        case 0: emit(.move(random.pick(registers), .register(random.pick(registers))))
        case 1: emit(.alu(random.pick(ALUOperation.allCases), width(), random.pick(registers), operand()))
        case 2: emit(.load(size(), random.pick(registers), random.pick(registers), Int16(int(-24...24))))
        case 3: emit(.store(size(), random.pick(registers), Int16(int(-24...24)), .register(random.pick(registers))))
        default: emit(.call(helper: Int32(int(1...8))))
        }
    }
}
