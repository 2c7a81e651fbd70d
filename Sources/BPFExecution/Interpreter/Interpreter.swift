import BPFModel

/// Runs lowered code.
///
/// One loop around one exhaustive switch over a dense enum without payload, which compiles to one jump table without a
/// bounds check. Nothing in it allocates, counts references, throws or checks; wrapping arithmetic comes from the
/// model. The function is long because the switch is the dispatch.
enum Interpreter {
    /// Runs the code at an address on every packet of a feed.
    ///
    /// A run gives `r0`, or 0 where a packet load reached outside the packet.
    static func run(_ code: UnsafeRawPointer, _ state: UnsafeMutablePointer<MachineState>, _ feed: inout PacketFeed) {
        var machine = unsafe Machine(state)
        while feed.next(&machine) {
            feed.finish(unsafe run(Cursor(code), &machine))
        }
    }

    @inline(__always)
    private static func run(_ start: Cursor, _ machine: inout Machine) -> UInt64 {
        var op = start
        var inside = true
        while true {
            switch op.code {
            case .add64I: machine.double(op, op.immediate, &+)
            case .sub64I: machine.double(op, op.immediate, &-)
            case .mul64I: machine.double(op, op.immediate, &*)
            case .div64I: machine.divide(.div, .double, op, op.immediate)
            case .or64I: machine.double(op, op.immediate, |)
            case .and64I: machine.double(op, op.immediate, &)
            case .lsh64I: machine.double(op, op.immediate, &<<)
            case .rsh64I: machine.double(op, op.immediate, &>>)
            case .mod64I: machine.divide(.mod, .double, op, op.immediate)
            case .xor64I: machine.double(op, op.immediate, ^)
            case .mov64I: machine[op.destination] = op.immediate
            case .arsh64I:
                machine.double(op, op.immediate) { UInt64(bitPattern: Int64(bitPattern: $0) &>> Int64(bitPattern: $1)) }
            case .sdiv64I: machine.divide(.sdiv, .double, op, op.immediate)
            case .smod64I: machine.divide(.smod, .double, op, op.immediate)
            case .add64R: machine.double(op, machine.source(op), &+)
            case .sub64R: machine.double(op, machine.source(op), &-)
            case .mul64R: machine.double(op, machine.source(op), &*)
            case .div64R: machine.divide(.div, .double, op, machine.source(op))
            case .or64R: machine.double(op, machine.source(op), |)
            case .and64R: machine.double(op, machine.source(op), &)
            case .lsh64R: machine.double(op, machine.source(op), &<<)
            case .rsh64R: machine.double(op, machine.source(op), &>>)
            case .mod64R: machine.divide(.mod, .double, op, machine.source(op))
            case .xor64R: machine.double(op, machine.source(op), ^)
            case .mov64R: machine[op.destination] = machine.source(op)
            case .arsh64R:
                machine.double(op, machine.source(op)) {
                    UInt64(bitPattern: Int64(bitPattern: $0) &>> Int64(bitPattern: $1))
                }
            case .sdiv64R: machine.divide(.sdiv, .double, op, machine.source(op))
            case .smod64R: machine.divide(.smod, .double, op, machine.source(op))
            case .add32I: machine.word(op, op.lowerHalf, &+)
            case .sub32I: machine.word(op, op.lowerHalf, &-)
            case .mul32I: machine.word(op, op.lowerHalf, &*)
            case .div32I: machine.divide(.div, .word, op, op.immediate)
            case .or32I: machine.word(op, op.lowerHalf, |)
            case .and32I: machine.word(op, op.lowerHalf, &)
            case .lsh32I: machine.word(op, op.lowerHalf, &<<)
            case .rsh32I: machine.word(op, op.lowerHalf, &>>)
            case .mod32I: machine.divide(.mod, .word, op, op.immediate)
            case .xor32I: machine.word(op, op.lowerHalf, ^)
            case .mov32I: machine[op.destination] = UInt64(op.lowerHalf)
            case .arsh32I:
                machine.word(op, op.lowerHalf) { UInt32(bitPattern: Int32(bitPattern: $0) &>> Int32(bitPattern: $1)) }
            case .sdiv32I: machine.divide(.sdiv, .word, op, op.immediate)
            case .smod32I: machine.divide(.smod, .word, op, op.immediate)
            case .add32R: machine.word(op, machine.sourceWord(op), &+)
            case .sub32R: machine.word(op, machine.sourceWord(op), &-)
            case .mul32R: machine.word(op, machine.sourceWord(op), &*)
            case .div32R: machine.divide(.div, .word, op, machine.source(op))
            case .or32R: machine.word(op, machine.sourceWord(op), |)
            case .and32R: machine.word(op, machine.sourceWord(op), &)
            case .lsh32R: machine.word(op, machine.sourceWord(op), &<<)
            case .rsh32R: machine.word(op, machine.sourceWord(op), &>>)
            case .mod32R: machine.divide(.mod, .word, op, machine.source(op))
            case .xor32R: machine.word(op, machine.sourceWord(op), ^)
            case .mov32R: machine[op.destination] = UInt64(machine.sourceWord(op))
            case .arsh32R:
                machine.word(op, machine.sourceWord(op)) {
                    UInt32(bitPattern: Int32(bitPattern: $0) &>> Int32(bitPattern: $1))
                }
            case .sdiv32R: machine.divide(.sdiv, .word, op, machine.source(op))
            case .smod32R: machine.divide(.smod, .word, op, machine.source(op))
            case .neg64: machine[op.destination] = 0 &- machine[op.destination]
            case .neg32: machine.word(op, 0) { $1 &- $0 }
            case .movs8to64: machine.move(.bits8, .double, op)
            case .movs16to64: machine.move(.bits16, .double, op)
            case .movs32to64: machine.move(.bits32, .double, op)
            case .movs8to32: machine.move(.bits8, .word, op)
            case .movs16to32: machine.move(.bits16, .word, op)
            case .swap16: machine.swap(.bits16, op)
            case .swap32: machine.swap(.bits32, op)
            case .swap64: machine.swap(.bits64, op)
            case .truncate16: machine[op.destination] &= 0xffff
            case .lea: machine[op.destination] = machine.source(op) &+ op.immediate
            case .leaGreater: machine.compareSum(&op)
            case .move2: machine.moveTwice(op)
            case .store32Pair: machine.storePair(op)
            case .load64AddI: machine.addToMemory(op, op.immediate, stores: false)
            case .load64AddR: machine.addToMemory(op, machine[op.auxiliary], stores: false)
            case .addToMemoryI: machine.addToMemory(op, op.immediate, stores: true)
            case .addToMemoryR: machine.addToMemory(op, machine[op.auxiliary], stores: true)

            case .load8: machine.load(UInt8.self, op)
            case .load16: machine.load(UInt16.self, op)
            case .load32: machine.load(UInt32.self, op)
            case .load64: machine.load(UInt64.self, op)
            case .loads8: machine.load(Int8.self, op)
            case .loads16: machine.load(Int16.self, op)
            case .loads32: machine.load(Int32.self, op)
            case .load16Swapped: machine.loadSwapped(UInt16.self, op)
            case .load32Swapped: machine.loadSwapped(UInt32.self, op)
            case .store8R: machine.store(UInt8.self, op, machine.source(op))
            case .store16R: machine.store(UInt16.self, op, machine.source(op))
            case .store32R: machine.store(UInt32.self, op, machine.source(op))
            case .store64R: machine.store(UInt64.self, op, machine.source(op))
            case .store8I: machine.store(UInt8.self, op, op.immediate)
            case .store16I: machine.store(UInt16.self, op, op.immediate)
            case .store32I: machine.store(UInt32.self, op, op.immediate)
            case .store64I: machine.store(UInt64.self, op, op.immediate)
            case .atomicAdd32: machine.modify32(.add, op, fetch: false)
            case .atomicOr32: machine.modify32(.or, op, fetch: false)
            case .atomicAnd32: machine.modify32(.and, op, fetch: false)
            case .atomicXor32: machine.modify32(.xor, op, fetch: false)
            case .atomicAdd64: machine.modify64(.add, op, fetch: false)
            case .atomicOr64: machine.modify64(.or, op, fetch: false)
            case .atomicAnd64: machine.modify64(.and, op, fetch: false)
            case .atomicXor64: machine.modify64(.xor, op, fetch: false)
            case .fetchAdd32: machine.modify32(.add, op, fetch: true)
            case .fetchOr32: machine.modify32(.or, op, fetch: true)
            case .fetchAnd32: machine.modify32(.and, op, fetch: true)
            case .fetchXor32: machine.modify32(.xor, op, fetch: true)
            case .fetchAdd64: machine.modify64(.add, op, fetch: true)
            case .fetchOr64: machine.modify64(.or, op, fetch: true)
            case .fetchAnd64: machine.modify64(.and, op, fetch: true)
            case .fetchXor64: machine.modify64(.xor, op, fetch: true)
            case .exchange32: machine.exchange32(op)
            case .exchange64: machine.exchange64(op)
            case .compareExchange32: machine.compareExchange32(op)
            case .compareExchange64: machine.compareExchange64(op)
            case .loadAcquire8: machine.loadAcquire(UInt8.self, op)
            case .loadAcquire16: machine.loadAcquire(UInt16.self, op)
            case .loadAcquire32: machine.loadAcquire(UInt32.self, op)
            case .loadAcquire64: machine.loadAcquire(UInt64.self, op)
            case .storeRelease8: machine.storeRelease(UInt8.self, op)
            case .storeRelease16: machine.storeRelease(UInt16.self, op)
            case .storeRelease32: machine.storeRelease(UInt32.self, op)
            case .storeRelease64: machine.storeRelease(UInt64.self, op)

            case .packet8: inside = machine.loadPacket(UInt8.self, op)
            case .packet16: inside = machine.loadPacket(UInt16.self, op)
            case .packet32: inside = machine.loadPacket(UInt32.self, op)
            case .packetIndirect8: inside = machine.loadPacketIndirect(UInt8.self, op)
            case .packetIndirect16: inside = machine.loadPacketIndirect(UInt16.self, op)
            case .packetIndirect32: inside = machine.loadPacketIndirect(UInt32.self, op)
            case .indirect8BitsSet: inside = machine.compareIndirect(UInt8.self, &op) { $0 & $1 != 0 }
            case .packet32Masked: inside = machine.loadNetwork(op, at: op.upperHalf, mask: op.lowerHalf)
            case .packet32MaskedEqual: inside = machine.compareNetwork(&op, ==)
            case .packet32MaskedNotEqual: inside = machine.compareNetwork(&op, !=)
            case .packet8Masked: inside = machine.loadMasked(op)
            case .packetAnywhere: inside = machine.loadPacketAnywhere(op, op.upperHalf)
            case .packetIndirectAnywhere:
                inside = machine.loadPacketAnywhere(op, Int32(bitPattern: machine.sourceWord(op)) &+ op.upperHalf)
            case .packet8Equal: inside = machine.comparePacket(UInt8.self, &op, ==)
            case .packet8NotEqual: inside = machine.comparePacket(UInt8.self, &op, !=)
            case .packet8BitsSet: inside = machine.comparePacket(UInt8.self, &op) { $0 & $1 != 0 }
            case .packet8Greater: inside = machine.comparePacket(UInt8.self, &op, >)
            case .packet8LessOrEqual: inside = machine.comparePacket(UInt8.self, &op, <=)
            case .packet16Equal: inside = machine.comparePacket(UInt16.self, &op, ==)
            case .packet16NotEqual: inside = machine.comparePacket(UInt16.self, &op, !=)
            case .packet16BitsSet: inside = machine.comparePacket(UInt16.self, &op) { $0 & $1 != 0 }
            case .packet16Greater: inside = machine.comparePacket(UInt16.self, &op, >)
            case .packet16LessOrEqual: inside = machine.comparePacket(UInt16.self, &op, <=)
            case .packet32Equal: inside = machine.comparePacket(UInt32.self, &op, ==)
            case .packet32NotEqual: inside = machine.comparePacket(UInt32.self, &op, !=)
            case .packet32BitsSet: inside = machine.comparePacket(UInt32.self, &op) { $0 & $1 != 0 }
            case .packet32Greater: inside = machine.comparePacket(UInt32.self, &op, >)
            case .packet32LessOrEqual: inside = machine.comparePacket(UInt32.self, &op, <=)
            case .indirect8Equal: inside = machine.compareIndirect(UInt8.self, &op, ==)
            case .indirect8NotEqual: inside = machine.compareIndirect(UInt8.self, &op, !=)
            case .indirect16Equal: inside = machine.compareIndirect(UInt16.self, &op, ==)
            case .indirect16NotEqual: inside = machine.compareIndirect(UInt16.self, &op, !=)
            case .indirect16BitsSet: inside = machine.compareIndirect(UInt16.self, &op) { $0 & $1 != 0 }
            case .indirect16Greater: inside = machine.compareIndirect(UInt16.self, &op, >)
            case .indirect16LessOrEqual: inside = machine.compareIndirect(UInt16.self, &op, <=)
            case .indirect32Equal: inside = machine.compareIndirect(UInt32.self, &op, ==)
            case .indirect32NotEqual: inside = machine.compareIndirect(UInt32.self, &op, !=)

            case .equal64I: machine.branch64(&op, op.immediate, ==)
            case .greater64I: machine.branch64(&op, op.immediate, >)
            case .greaterOrEqual64I: machine.branch64(&op, op.immediate, >=)
            case .bitsSet64I: machine.branch64(&op, op.immediate) { $0 & $1 != 0 }
            case .notEqual64I: machine.branch64(&op, op.immediate, !=)
            case .less64I: machine.branch64(&op, op.immediate, <)
            case .lessOrEqual64I: machine.branch64(&op, op.immediate, <=)
            case .signedGreater64I: machine.signedBranch64(&op, op.immediate, >)
            case .signedGreaterOrEqual64I: machine.signedBranch64(&op, op.immediate, >=)
            case .signedLess64I: machine.signedBranch64(&op, op.immediate, <)
            case .signedLessOrEqual64I: machine.signedBranch64(&op, op.immediate, <=)
            case .equal64R: machine.branch64(&op, machine.source(op), ==)
            case .greater64R: machine.branch64(&op, machine.source(op), >)
            case .greaterOrEqual64R: machine.branch64(&op, machine.source(op), >=)
            case .bitsSet64R: machine.branch64(&op, machine.source(op)) { $0 & $1 != 0 }
            case .notEqual64R: machine.branch64(&op, machine.source(op), !=)
            case .less64R: machine.branch64(&op, machine.source(op), <)
            case .lessOrEqual64R: machine.branch64(&op, machine.source(op), <=)
            case .signedGreater64R: machine.signedBranch64(&op, machine.source(op), >)
            case .signedGreaterOrEqual64R: machine.signedBranch64(&op, machine.source(op), >=)
            case .signedLess64R: machine.signedBranch64(&op, machine.source(op), <)
            case .signedLessOrEqual64R: machine.signedBranch64(&op, machine.source(op), <=)
            case .equal32I: machine.branch32(&op, op.lowerHalf, ==)
            case .greater32I: machine.branch32(&op, op.lowerHalf, >)
            case .greaterOrEqual32I: machine.branch32(&op, op.lowerHalf, >=)
            case .bitsSet32I: machine.branch32(&op, op.lowerHalf) { $0 & $1 != 0 }
            case .notEqual32I: machine.branch32(&op, op.lowerHalf, !=)
            case .less32I: machine.branch32(&op, op.lowerHalf, <)
            case .lessOrEqual32I: machine.branch32(&op, op.lowerHalf, <=)
            case .signedGreater32I: machine.signedBranch32(&op, op.lowerHalf, >)
            case .signedGreaterOrEqual32I: machine.signedBranch32(&op, op.lowerHalf, >=)
            case .signedLess32I: machine.signedBranch32(&op, op.lowerHalf, <)
            case .signedLessOrEqual32I: machine.signedBranch32(&op, op.lowerHalf, <=)
            case .equal32R: machine.branch32(&op, machine.sourceWord(op), ==)
            case .greater32R: machine.branch32(&op, machine.sourceWord(op), >)
            case .greaterOrEqual32R: machine.branch32(&op, machine.sourceWord(op), >=)
            case .bitsSet32R: machine.branch32(&op, machine.sourceWord(op)) { $0 & $1 != 0 }
            case .notEqual32R: machine.branch32(&op, machine.sourceWord(op), !=)
            case .less32R: machine.branch32(&op, machine.sourceWord(op), <)
            case .lessOrEqual32R: machine.branch32(&op, machine.sourceWord(op), <=)
            case .signedGreater32R: machine.signedBranch32(&op, machine.sourceWord(op), >)
            case .signedGreaterOrEqual32R: machine.signedBranch32(&op, machine.sourceWord(op), >=)
            case .signedLess32R: machine.signedBranch32(&op, machine.sourceWord(op), <)
            case .signedLessOrEqual32R: machine.signedBranch32(&op, machine.sourceWord(op), <=)
            case .load8Equal: machine.compareMemory(UInt8.self, &op, ==)
            case .load8NotEqual: machine.compareMemory(UInt8.self, &op, !=)
            case .load32Equal: machine.compareWord(&op, ==)
            case .load32NotEqual: machine.compareWord(&op, !=)
            case .load16SwappedEqual: machine.compareMemory(UInt16.self, &op, ==)
            case .load16SwappedNotEqual: machine.compareMemory(UInt16.self, &op, !=)
            case .load32SwappedEqual: machine.compareMemory(UInt32.self, &op, ==)
            case .load32SwappedNotEqual: machine.compareMemory(UInt32.self, &op, !=)
            case .equalEither32: machine.compareBoth(&op, machine[op.destination] & 0xffff_ffff)
            case .equalEither64: machine.compareBoth(&op, machine[op.destination])
            case .jump: op.jump()
            case .call: machine.call(op)
            case .callLookup: machine.callLookup()
            case .callLocal: machine.enter(&op)
            case .detour: machine.detour(&op)
            case .exit:
                if machine.leave(&op) { return machine[0] }
            case .exitWith:
                machine[0] = op.immediate
                if machine.leave(&op) { return op.immediate }
            }
            // The compiler moves this test behind the packet loads, which alone make it fail.
            if !inside {
                inside = true
                machine[0] = 0
                if machine.leave(&op) { return 0 }
            }
            op.advance()
        }
    }
}
