import BPFModel
import BPFVerifier
import TestKit

// MARK: Bounds

extension BlockGenerator {
    /// What an access with a variable offset reaches into.
    enum Target {
        case stack, base(Register, size: Int)
    }

    /// Bounds a number in one of the ways that programs do; jumps lead to the end of the group.
    private mutating func bound(_ register: Register, _ limit: Int32) {
        let width: Width = random.oneIn(4) ? .word : .double
        switch int(0...9) {
        case 0, 1: emit(.alu(.and, width, register, .immediate(limit)))
        case 2, 3: jumpAway(.greater, width, register, limit)
        case 4: jumpAway(.greaterOrEqual, width, register, limit &+ 1)
        case 5:
            jumpAway(.signedGreater, width, register, limit)
            jumpAway(.signedLess, width, register, random.oneIn(5) ? -1 : 0)
        case 6:
            jumpAway(.signedLess, width, register, 0)
            jumpAway(.signedGreaterOrEqual, width, register, limit &+ 1)
        case 7: emit(.alu(.rsh, width, register, .immediate(width == .word ? 28 : 60)))
        case 8:
            jumpAway(.bitsSet, width, register, ~limit)
        default:
            emit(.alu(.mod, width, register, .immediate(max(1, limit))))
            if random.oneIn(2) { jumpAway(.greater, .double, register, limit) }
        }
        if width == .word, random.oneIn(2) { emit(.alu(.mov, .word, register, .register(register))) }
    }

    private mutating func jumpAway(
        _ condition: BranchCondition, _ width: Width, _ register: Register, _ number: Int32
    ) {
        if random.oneIn(3) {
            let other = free(except: register)
            guard other != register else { return }
            emit(.move(other, .immediate(number)))
            give(other, .number)
            emit(.branch(condition, width, register, .register(other), offset: Self.groupEnd))
        } else {
            emit(.branch(condition, width, register, .immediate(number), offset: Self.groupEnd))
        }
    }

    /// Bounds a number by way of another that is tied to it, and changes it a little afterwards.
    private mutating func boundedNumber(_ limit: Int32) -> Register {
        var register = number()
        // What was bounded long ago, or is a constant on every path.
        if random.oneIn(5) { return register }
        if random.oneIn(6) { bound(number(), Int32(int(0...255))) }
        switch int(0...5) {
        case 0:
            let copy = free(except: register)
            guard copy != register else { break }
            emit(.alu(.mov, random.oneIn(5) ? .word : .double, copy, .register(register)))
            give(copy, .number)
            bound(copy, limit)
            if random.oneIn(4) { emit(.alu(.add, width(), copy, 1)) }
        case 1:
            let size: MemorySize = random.oneIn(3) ? .word : .double
            emit(.store(size, .r10, -40, .register(register)))
            bound(register, limit)
            register = free()
            emit(.load(size, register, .r10, -40))
            slots[-40] = nil
            give(register, .number)
        default: bound(register, limit)
        }
        switch int(0...11) {
        case 0: emit(.alu(.add, width(), register, .immediate(Int32(int(-8...8)))))
        case 1: emit(.alu(.sub, width(), register, .immediate(Int32(int(-8...8)))))
        case 2: emit(.alu(.lsh, width(), register, .immediate(Int32(int(0...2)))))
        case 3: emit(.alu(random.pick([.rsh, .arsh]), width(), register, .immediate(Int32(int(0...3)))))
        case 4: emit(.alu(random.pick([.xor, .or, .mul]), width(), register, .immediate(Int32(int(0...4)))))
        case 5: emit(.alu(random.pick([.add, .sub, .and, .or, .xor]), width(), register, .register(number())))
        default: break
        }
        return register
    }

    /// Moves a pointer by a bounded number and accesses memory there.
    mutating func boundedAccess(_ target: Target) {
        let (base, reach): (Register, Int) =
            switch target {
            case .stack: (.r10, 24)
            case .base(let register, let size): (register, size)
            }
        let before = self
        group { generator in
            let limit = Int32(max(0, generator.limit(reach)))
            let number = generator.boundedNumber(limit)
            let pointer = generator.free(except: number)
            guard pointer != number, pointer != base else { return }
            generator.emit(.move(pointer, .register(base)))
            if base == .r10 { generator.emit(.alu(.add, pointer, .immediate(Int32(-24 - generator.int(0...9))))) }
            let operation: ALUOperation = generator.random.oneIn(8) ? .sub : .add
            generator.emit(.alu(operation, pointer, .register(number)))
            generator.give(pointer, .nothing)
            if base == .r10 { generator.slots = [:] }
            generator.access(pointer, reach: max(1, reach - Int(limit)))
        }
        merge(before)
    }

    /// Around the reach, or any edge.
    private mutating func limit(_ reach: Int) -> Int {
        switch int(0...3) {
        case 0: random.pick([1, 3, 7, 15, 31, 63])
        case 1: reach - int(0...9)
        default: int(0...reach)
        }
    }

    /// Reads or writes somewhere in the first bytes after an address.
    mutating func access(_ pointer: Register, reach: Int) {
        let fitting = MemorySize.allCases.filter { $0.bytes <= reach }
        let size = random.oneIn(12) || fitting.isEmpty ? size() : random.pick(fitting)
        let offset = random.oneIn(12) ? int(-2...(reach + 1)) : int(0...max(0, reach - size.bytes))
        if random.oneIn(3) {
            emit(.store(size, pointer, Int16(offset), random.oneIn(2) ? .register(number()) : .immediate(edge())))
        } else {
            let register = free(except: pointer)
            emit(
                .load(
                    size, signExtended: size != .double && random.oneIn(4), register, base: pointer,
                    offset: Int16(offset)))
            give(register, .number)
        }
    }
}

// MARK: Stack

extension BlockGenerator {
    mutating func spill(_ operand: Operand) {
        let offset = Int16(-8 * int(1...4))
        emit(.store(random.oneIn(4) ? size() : .double, .r10, offset, operand))
        slots[offset] = .number
    }

    mutating func fill() {
        guard let offset = slots.filter({ $0.value == .number }).keys.sorted().first else { return }
        let register = free()
        emit(.load(random.oneIn(4) ? size() : .double, register, .r10, offset))
        give(register, .number)
    }

    /// Parts of slots, written and read in other sizes.
    mutating func narrowStack() {
        let base = Int16(-8 * int(1...4))
        for _ in 0..<int(1...3) {
            let size = size()
            let offset = base + Int16(int(0...(8 / size.bytes - 1)) * size.bytes)
            emit(
                .store(
                    size, .r10, offset, random.oneIn(2) ? .register(number()) : .immediate(random.pick([0, 0, 1, -1]))))
        }
        slots[base] = nil
        let size = size()
        let register = free()
        emit(
            .load(
                size, signExtended: size != .double && random.oneIn(3), register, base: .r10,
                offset: base + Int16(int(0...(8 / size.bytes - 1)) * size.bytes)))
        give(register, .number)
    }

    /// Pointers that are spilled, compared and subtracted.
    mutating func pointers() {
        let held = Register.allCases.filter { ![.nothing, .number, .reserved].contains(role($0)) } + [.r10]
        let pointer = random.pick(held)
        switch int(0...3) {
        case 0:
            let register = free()
            emit(
                .store(.double, .r10, -32, .register(pointer)), .load(.double, register, .r10, -32),
                .store(.double, .r10, -32, 0))
            slots[-32] = .number
            give(register, pointer == .r10 ? .nothing : role(pointer))
            if pointer == .r10 { emit(.load(.double, register, register, -32)) }
            if pointer == .r10 { give(register, .number) }
        case 1:
            let register = free()
            emit(.move(register, .register(pointer)), .alu(.sub, register, .register(pointer)))
            give(register, .number)
        case 2:
            let register = free()
            emit(.move(register, .register(pointer)), .alu(.add, register, .immediate(small())))
            give(register, .nothing)
            if pointer != .r10 { access(register, reach: 8) }
        default: emit(.jump(if: random.pick([.equal, .notEqual]), pointer, 0, skip: 0))
        }
    }
}
