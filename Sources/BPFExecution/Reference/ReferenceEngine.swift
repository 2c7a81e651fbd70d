import BPFMaps
import BPFModel
import BPFVerifier

/// Runs a program's instructions one by one and checks everything they do.
///
/// It is the measure of what programs mean: it takes arithmetic from ``ALUOperation`` and comparisons from
/// ``BranchCondition``, tracks which registers and stack bytes were written, and stops with a ``Fault`` where a
/// program does what no verified program can do. It never traps, whatever the program.
final class ReferenceEngine: Sendable {
    let spec: ProgramSpec
    let entry: ProgramEntry
    let maps: [Int32: Map]
    let helpers: HelperRegistry
    /// Whether registers and stack start as zeros that may be read.
    let zeroed: Bool
    /// What the program does with packets.
    let use: PacketUse
    /// Whether every frame starts as zeros that may be read.
    let clearsStack: Bool
    /// Whether it may find maps or programs in maps, which must not go while it runs.
    private let findsObjects: Bool
    private let code: [Instruction]
    /// For each instruction, the one its jump, call or function address leads to.
    private let targets: [Int?]

    init(
        _ spec: ProgramSpec, entry: ProgramEntry, maps: [Int32: Map], helpers: HelperRegistry, zeroed: Bool = false,
        clearsStack: Bool = false
    ) {
        self.spec = spec
        self.entry = entry
        self.maps = maps
        self.helpers = helpers
        findsObjects = maps.values.contains { $0.spec.type.holdsObjects }
        self.zeroed = zeroed
        use = PacketUse(spec)
        self.clearsStack = clearsStack || zeroed
        code = Array(spec.code)
        targets = spec.code.indices.map { index in
            let instruction = spec.code[index]
            if case .call(.local(let offset)) = instruction { return spec.code.target(of: offset, from: index) }
            // Counted from the load's second slot.
            if case .loadWide(_, .function(let offset)) = instruction {
                return spec.code.target(of: offset &- 1, from: index)
            }
            return instruction.jumpOffset.flatMap { spec.code.target(of: $0, from: index) }
        }
    }

    /// Runs the program on the worker's context, or on `memory` where that is the program's entry.
    func run(_ worker: Worker, memory: (address: UInt64, size: Int)? = nil) -> Result<UInt64, Fault> {
        if findsObjects { worker.mark.begin() }
        defer { if findsObjects { worker.mark.end() } }
        var machine = ReferenceMachine(self, worker, memory: memory)
        var steps = 0
        while true {
            let index = machine.index
            // Another program's after a tail call.
            let engine = machine.engine
            guard index < engine.code.count else {
                return .failure(Fault(instruction: max(0, engine.code.count - 1), reason: .fellOffEnd))
            }
            steps += 1
            if machine.tailCalls == 0 { worker.observer?(index, machine.registers) }
            do throws(Fault.Reason) {
                if steps > worker.budget { throw .budgetExhausted(limit: worker.budget) }
                let instruction = engine.code[index]
                if let result = try machine.execute(instruction, target: engine.targets[index]) {
                    return .success(result)
                }
            } catch {
                machine.discardRecords()
                machine.releaseLock()
                return .failure(Fault(instruction: index, reason: error))
            }
        }
    }
}

// MARK: Addresses of functions

extension ReferenceEngine {
    /// Where functions seem to be: no processor has memory there.
    private static let functionBase: UInt64 = 0xb000_0000_0000_0000

    /// What a program gets as the address of the function that begins at an instruction.
    static func address(ofFunction index: Int) -> UInt64 { functionBase &+ UInt64(index) }

    /// The first instruction of the function at an address, or nil where there is none.
    func function(at address: UInt64) -> Int? {
        let index = address &- Self.functionBase
        return index < UInt64(code.count) ? Int(index) : nil
    }
}
