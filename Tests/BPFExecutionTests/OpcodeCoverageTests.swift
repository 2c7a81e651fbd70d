import BPFExecution
import BPFMaps
import BPFModel
import Testing

/// Every row of the instruction table runs, and gives the same on both engines.
@Suite struct OpcodeCoverageTests {
    /// Makes every register but `r10` hold something, `r6` the context, `r8` stack memory, and stack words known.
    private static let prologue: [Instruction] = [
        .move(.r6, .register(.r1)), .move(.r8, .register(.r10)), .alu(.add, .r8, -16),
        .store(.double, .r8, 0, 0x1234_5678), .store(.double, .r8, 8, -7), .move(.r0, 5),
        .loadWide(.r2, .value(0x8899_aabb_ccdd_eeff)), .move(.r3, 3), .move(.r4, -1), .move(.r5, 0), .move(.r7, 7),
        .move(.r9, 9),
    ]
    /// Sums up what the instruction under test may have changed.
    private static let epilogue: [Instruction] = [
        .alu(.xor, .r0, .register(.r9)), .load(.double, .r9, .r8, 0), .alu(.xor, .r0, .register(.r9)),
        .alu(.add, .r0, 1), .exit,
    ]

    /// Programs whose one interesting instruction has the form of a row, with each variant the row has.
    private static func variants(_ form: InstructionSpec.Form) -> [Instruction] {
        func operand(_ kind: InstructionSpec.OperandKind) -> Operand { kind == .register ? .register(.r3) : 3 }
        switch form {
        case .alu(.mov, let width, .register):
            return SignExtendedWidth.allCases.filter { width == .double || $0 != .bits32 }.map {
                .moveSignExtended($0, width, .r9, .r2)
            } + [.alu(.mov, width, .r9, .register(.r2))]
        case .alu(.div, let width, let kind):
            return [.alu(.div, width, .r9, operand(kind)), .alu(.sdiv, width, .r9, operand(kind))]
        case .alu(.mod, let width, let kind):
            return [.alu(.mod, width, .r9, operand(kind)), .alu(.smod, width, .r9, operand(kind))]
        case .alu(let operation, let width, let kind): return [.alu(operation, width, .r9, operand(kind))]
        case .negate(let width): return [.negate(width, .r9)]
        case .byteSwap(let swap): return SwapWidth.allCases.map { .byteSwap(swap, $0, .r9) }
        case .load(let size, let signExtended):
            return [.load(size, signExtended: signExtended, .r9, base: .r8, offset: 8)]
        case .store(let size, let kind): return [.store(size, base: .r8, offset: 0, operand(kind))]
        case .atomic(let size):
            let ordered: [Instruction] = [
                .loadAcquire(size, .r9, base: .r8, offset: 0), .storeRelease(size, base: .r8, offset: 0, source: .r2),
            ]
            guard size.bytes >= 4 else { return ordered }
            return ordered
                + AtomicOperation.allCases.map {
                    .atomic($0, size == .word ? .word : .double, base: .r8, offset: 0, source: .r9)
                }
        case .loadWide: return [.loadWide(.r9, .value(.max)), .loadWide(.r1, .map(1))]
        case .loadPacket(let size, let indirect):
            return [.loadPacket(size, indirect ? .indirect(.r7, 2) : .absolute(2))]
        case .jump: return [.jump(1)]
        case .longJump: return [.longJump(1)]
        case .branch(let condition, let width, let kind):
            return [.branch(condition, width, .r9, operand(kind), offset: 1)]
        case .call: return [.call(helper: 8), .call(.local(3))]
        case .exit: return [.exit]
        }
    }

    @Test(arguments: InstructionSpec.all)
    func row(_ row: InstructionSpec) throws {
        let map = try Map(MapSpec(type: .array, keySize: 4, valueSize: 8, maxEntries: 1))
        let packet: [UInt8] = (0..<32).map { UInt8($0 * 7) }
        for instruction in Self.variants(row.form) {
            #expect(instruction.slots.first?.opcode == row.opcode)
            // A local call lands on the epilogue, which returns to itself.
            let body = Self.prologue + [instruction] + Self.epilogue
            let code = InstructionSequence(instruction == .call(.local(3)) ? Self.callProgram : body)
            let worker = Worker(id: 6)
            let results = try Engine.allCases.map {
                try $0.run(code, packet: packet, maps: [1: map], worker: worker)
            }
            #expect(results[0] == results[1], "\(instruction)")
            guard case .returned = results[0] else {
                Issue.record("\(instruction): \(results[0])")
                continue
            }
        }
    }

    private static let callProgram: [Instruction] = [
        .move(.r1, 4), .call(.local(3)), .alu(.add, .r0, 1), .exit, .exit, .move(.r0, .register(.r1)), .exit,
    ]
}
