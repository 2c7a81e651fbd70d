import BPFModel
import BPFVerifier
import TestKit

// MARK: Context and packet

extension BlockGenerator {
    mutating func contextAccess() {
        guard role(.r6) == .context else { return }
        let fields = type.context.fields.filter { $0.kind == .scalar }
        guard !fields.isEmpty else { return unknown(free()) }
        let field = random.pick(fields)
        let size = random.pick(MemorySize.allCases.filter { $0.bytes <= field.size })
        let offset = Int16(field.offset + int(0...(field.size / size.bytes - 1)) * size.bytes)
        if field.writable, random.oneIn(2) {
            emit(.store(random.oneIn(4) ? size : .word, .r6, offset & ~3, .register(number())))
        } else {
            let register = free()
            emit(.load(type == .xdp ? .word : size, register, .r6, offset))
            give(register, .number)
        }
    }

    mutating func packetAccess() {
        if role(.r9) == .packet, random.oneIn(3) { return access(.r9, reach: 20) }
        guard role(.r6) == .context, type.seesPackets else { return }
        if type == .socketFilter || type == .schedCls && random.oneIn(4) { return legacyLoad() }
        let before = self
        group { $0.checkedPacketAccess() }
        merge(before)
    }

    private mutating func legacyLoad() {
        let size = random.pick([MemorySize.byte, .half, .word])
        let offset = Int32(int(-2...40))
        emit(.loadPacket(size, random.oneIn(2) ? .absolute(offset) : .indirect(number(), offset)))
        clobber()
    }

    /// A comparison with the packet's end, in one of its spellings, then an access, perhaps one byte too far.
    private mutating func checkedPacketAccess() {
        let (data, end) = packetFields
        let registers = Register.allCases.filter { [.number, .nothing].contains(role($0)) && $0 != .r10 }
        guard registers.count > 4 else { return }
        let (first, last, limit) = (registers[0], registers[1], registers[2])
        for register in [first, last, limit] { give(register, .nothing) }
        emit(.load(.word, first, .r6, data))
        if random.oneIn(2) {
            let number = number()
            guard ![first, last, limit].contains(number) else { return }
            emit(.alu(.and, number, .immediate(random.pick([1, 7, 15, 63, 0xff, 0xffff]))))
            if random.oneIn(4) { emit(.alu(.lsh, number, 2)) }
            emit(.alu(.add, first, .register(number)))
            if random.oneIn(4) { emit(.alu(.add, first, .immediate(Int32(int(-4...4))))) }
        }
        emit(.load(.word, limit, .r6, end))
        let reach = int(1...14)
        emit(.move(last, .register(first)), .alu(.add, last, .immediate(Int32(reach))))
        switch int(0...5) {
        case 0, 1: emit(.branch(.greater, .double, last, .register(limit), offset: Self.groupEnd))
        case 2: emit(.branch(.less, .double, limit, .register(last), offset: Self.groupEnd))
        case 3: emit(.branch(.greaterOrEqual, .double, last, .register(limit), offset: Self.groupEnd))
        case 4: emit(.branch(.lessOrEqual, .double, limit, .register(last), offset: Self.groupEnd))
        default:
            emit(
                .jump(if: .lessOrEqual, last, .register(limit), skip: 1),
                .branch(.equal, .double, last, .register(last), offset: Self.groupEnd))
        }
        access(first, reach: reach)
        if random.oneIn(2) { access(random.oneIn(4) ? last : first, reach: reach) }
    }
}

// MARK: Maps

extension BlockGenerator {
    /// `r0` is the address of a value, or 0.
    mutating func lookup() {
        let map = random.pick([Int32(1), 2])
        emit(.store(.word, .r10, -4, random.oneIn(3) ? .register(number()) : .immediate(Int32(int(0...3)))))
        emit(.move(.r2, .register(.r10)), .alu(.add, .r2, -4), .loadWide(.r1, .map(map)), .call(helper: 1))
        slots[-8] = nil
        clobber(result: .nothing)
        give(.r9, .value(map))
    }

    mutating func valueAccess() {
        guard role(.r9) != .reserved else { return }
        let before = self
        group { generator in
            generator.lookup()
            guard case .value(let map) = generator.role(.r9) else { return }
            generator.emit(.branch(.equal, .double, .r0, 0, offset: Self.groupEnd), .move(.r9, .register(.r0)))
            generator.give(.r0, .nothing)
            generator.valueAccess(map)
        }
        merge(before)
        if role(.r0) != .nothing || role(.r9) != .nothing { clobber(result: .nothing) }
        give(.r9, .nothing)
    }

    /// Accesses the value at `r9`.
    private mutating func valueAccess(_ map: Int32) {
        let size = Self.maps[map]?.valueSize ?? 0
        if random.oneIn(3) { access(.r9, reach: size) } else { boundedAccess(.base(.r9, size: size)) }
    }

    /// Accesses what `r6` or `r9` points to, or a value of the array by its address.
    mutating func baseAccess() {
        if case .value(let map) = role(.r9) { return valueAccess(map) }
        if role(.r9) == .packet { return boundedAccess(.base(.r9, size: 16)) }
        if role(.r6) == .stack {
            return random.oneIn(2) ? access(.r6, reach: 32) : boundedAccess(.base(.r6, size: 32))
        }
        if role(.r6) == .memory { return boundedAccess(.base(.r6, size: Self.memorySize)) }
        let register = free()
        let offset = Int32(int(0...30))
        emit(.loadWide(register, .mapValue(3, offset: offset)))
        give(register, .nothing)
        access(register, reach: 30 - Int(offset))
    }

    mutating func atomic() {
        let operation = random.pick(AtomicOperation.allCases)
        let width = width()
        let source = number()
        if operation == .compareExchange, role(.r0) != .number {
            emit(.move(.r0, .immediate(edge())))
            give(.r0, .number)
        }
        if case .value = role(.r9), random.oneIn(2) {
            return emit(.atomic(operation, width, base: .r9, offset: Int16(8 * int(0...1)), source: source))
        }
        let offset = Int16(-8 * int(1...4))
        emit(.store(.double, .r10, offset, random.oneIn(2) ? .register(number()) : .immediate(edge())))
        emit(.atomic(operation, width, base: .r10, offset: offset + (random.oneIn(5) ? 4 : 0), source: source))
        slots[offset] = .number
    }
}
