import BPFModel
import BPFVerifier
import TestKit

// MARK: Helpers

extension BlockGenerator {
    mutating func helper() {
        switch int(0...15) {
        case 0, 1:
            emit(.call(helper: random.pick([5, 7, 8, 42, 125])))
            clobber()
        case 2, 3: update()
        case 4, 5: loadBytes()
        case 6, 7: record()
        case 8: outputRecord()
        case 9, 10: tailCall()
        case 11, 12: lock()
        case 13: innerMap()
        case 14: keyless()
        default: changePacket()
        }
    }

    private mutating func update() {
        emit(.store(.word, .r10, -4, .immediate(Int32(int(0...3)))))
        for slot in 2...4 where slots[Int16(-8 * slot)] == nil { emit(.store(.double, .r10, Int16(-8 * slot), 0)) }
        emit(
            .move(.r2, .register(.r10)), .alu(.add, .r2, -4), .move(.r3, .register(.r10)), .alu(.add, .r3, -32),
            .move(.r4, 0), .loadWide(.r1, .map(random.pick([1, 2, 1, 2, 9]))),
            .call(helper: random.pick([2, 2, 3])))
        slots = [:]
        clobber()
    }

    /// Packet bytes to the stack, as many as a number says.
    private mutating func loadBytes() {
        guard role(.r6) == .context, type.seesPackets, type != .xdp else { return }
        let before = self
        group { generator in
            let limit = generator.int(1...32)
            generator.emit(.move(.r5, 0))
            if generator.random.oneIn(2) {
                generator.emit(.move(.r4, .immediate(Int32(limit))))
            } else {
                generator.emit(.move(.r4, .register(generator.number())))
                if !generator.random.oneIn(3) {
                    generator.emit(.alu(.and, .r4, .immediate(generator.random.pick([7, 15, 31, 32]))))
                }
                if !generator.random.oneIn(4) {
                    generator.emit(.branch(.equal, .double, .r4, 0, offset: Self.groupEnd))
                }
            }
            generator.emit(
                .move(.r1, .register(.r6)), .move(.r2, .immediate(Int32(generator.int(0...30)))),
                .move(.r3, .register(.r10)), .alu(.add, .r3, -32),
                .call(helper: generator.random.pick([26, 68])))
            generator.slots = [:]
            generator.clobber()
        }
        for register in [Register.r4, .r5] { give(register, .nothing) }
        merge(before)
    }

    /// A record that is reserved, filled and handed over, or dropped; sometimes never, sometimes twice.
    private mutating func record() {
        guard [.number, .nothing].contains(role(.r9)) else { return }
        let before = self
        group { generator in
            let size = generator.random.pick([1, 8, 20, 40, 4088, 4096])
            generator.emit(
                .loadWide(.r1, .map(4)), .move(.r2, .immediate(Int32(size))), .move(.r3, 0), .call(helper: 131),
                .move(.r9, .register(.r0)))
            generator.clobber(result: .nothing)
            generator.give(.r9, .nothing)
            generator.emit(.branch(.equal, .double, .r9, 0, offset: Self.groupEnd))
            for _ in 0..<generator.int(0...2) { generator.access(.r9, reach: min(size, 48)) }
            let releases = generator.random.oneIn(20) ? generator.random.pick([0, 2]) : 1
            for _ in 0..<releases {
                generator.emit(
                    .move(.r1, .register(.r9)), .move(.r2, .immediate(Int32(generator.int(0...2)))),
                    .call(helper: generator.random.pick([132, 133])))
            }
            generator.clobber(result: .nothing)
        }
        merge(before)
        give(.r9, .nothing)
        give(.r0, .nothing)
    }

    private mutating func outputRecord() {
        guard random.oneIn(2) else {
            emit(.move(.r2, .register(number())), .loadWide(.r1, .map(4)), .call(helper: 134))
            return clobber()
        }
        for slot in 1...4 where slots[Int16(-8 * slot)] == nil && !random.oneIn(8) {
            emit(.store(.double, .r10, Int16(-8 * slot), .immediate(edge())))
            slots[Int16(-8 * slot)] = .number
        }
        let length = number()
        emit(.move(.r3, .register(length)), .alu(.and, .r3, .immediate(random.pick([7, 15, 31, 31, 32, 63]))))
        emit(
            .loadWide(.r1, .map(4)), .move(.r2, .register(.r10)), .alu(.add, .r2, -32), .move(.r4, 0),
            .call(helper: 130))
        clobber()
    }

    private mutating func tailCall() {
        guard role(.r6) == .context, entry == .context else { return }
        emit(
            .move(.r3, .register(number())), .move(.r1, .register(.r6)), .loadWide(.r2, .map(5)), .call(helper: 12))
        clobber(result: .nothing)
    }

    /// A value that is changed under its lock; sometimes the lock is kept, or taken twice.
    private mutating func lock() {
        guard [.number, .nothing].contains(role(.r9)) else { return }
        let before = self
        group { generator in
            generator.emit(
                .store(.word, .r10, -4, .immediate(Int32(generator.int(0...3)))), .move(.r2, .register(.r10)),
                .alu(.add, .r2, -4), .loadWide(.r1, .map(6)), .call(helper: 1), .move(.r9, .register(.r0)))
            generator.slots[-8] = nil
            generator.clobber(result: .nothing)
            generator.give(.r9, .nothing)
            generator.emit(
                .branch(.equal, .double, .r9, 0, offset: Self.groupEnd), .move(.r1, .register(.r9)),
                .call(helper: 93))
            generator.clobber(result: .nothing)
            for _ in 0..<generator.int(0...2) {
                let size = generator.size()
                let offset = Int16(8 * generator.int(1...2) - (generator.random.oneIn(10) ? 6 : 0))
                generator.emit(.store(size, .r9, offset, .immediate(generator.edge())))
            }
            if generator.random.oneIn(20) { generator.emit(.call(helper: generator.random.pick([5, 93]))) }
            if !generator.random.oneIn(20) {
                generator.emit(.move(.r1, .register(.r9)), .call(helper: 94))
                generator.clobber(result: .nothing)
            }
        }
        merge(before)
        give(.r9, .nothing)
        give(.r0, .nothing)
    }

    /// A value of a map that is found in another map.
    private mutating func innerMap() {
        guard [.number, .nothing].contains(role(.r9)) else { return }
        let before = self
        group { generator in
            generator.emit(
                .store(.word, .r10, -4, .immediate(Int32(generator.int(0...2)))), .move(.r2, .register(.r10)),
                .alu(.add, .r2, -4), .loadWide(.r1, .map(7)), .call(helper: 1))
            if !generator.random.oneIn(20) {
                generator.emit(.branch(.equal, .double, .r0, 0, offset: Self.groupEnd))
            }
            generator.emit(
                .move(.r1, .register(.r0)), .move(.r2, .register(.r10)), .alu(.add, .r2, -4), .call(helper: 1))
            generator.slots[-8] = nil
            generator.clobber(result: .nothing)
            generator.emit(
                .branch(.equal, .double, .r0, 0, offset: Self.groupEnd), .move(.r9, .register(.r0)))
            generator.give(.r9, .nothing)
            generator.access(.r9, reach: 20)
        }
        merge(before)
        give(.r9, .nothing)
        give(.r0, .nothing)
    }

    /// Queues and bloom filters, whose values go over the stack.
    private mutating func keyless() {
        let map = random.pick([Int32(10), 11])
        if !random.oneIn(6) {
            emit(.store(.double, .r10, -8, .register(number())))
            slots[-8] = .number
        }
        let id = random.pick([Int32(87), 88, 89])
        if id == 87 { emit(.move(.r3, .immediate(Int32(int(0...2))))) }
        emit(.move(.r2, .register(.r10)), .alu(.add, .r2, -8), .loadWide(.r1, .map(map)), .call(helper: id))
        slots[-8] = nil
        clobber()
    }

    /// Helpers after which packet addresses are stale; sometimes that is forgotten.
    private mutating func changePacket() {
        guard role(.r6) == .context, hasPacketPointers else { return }
        let amount = number()
        emit(
            .move(.r2, .register(amount)), .move(.r3, 0), .move(.r1, .register(.r6)),
            .call(helper: type == .xdp ? random.pick([44, 54, 65]) : random.pick([38, 39, 39])))
        clobber()
        if role(.r9) == .packet, !random.oneIn(6) { give(.r9, .nothing) }
    }
}
