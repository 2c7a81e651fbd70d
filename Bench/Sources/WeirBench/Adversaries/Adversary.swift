import ArgumentParser
import Weir

/// Programs made to cost the verifier as much as possible.
enum Adversary: String, CaseIterable, ExpressibleByArgument {
    /// Branches whose outcomes add up to a number that matters, so that no two paths are alike.
    case explosion
    /// The same with a full stack of numbers that were copied from the context.
    case stack
    /// The same in the innermost of eight functions.
    case frames
    /// A loop that counts to two thousand million.
    case endless
    /// A loop with a branch in it, whose paths never meet in the same state.
    case wandering
    /// A full stack that changes between any two of many places where paths might meet.
    case hoard
    /// More branches in a row than may wait.
    case deep
    /// As many instructions as a program may have.
    case long
    /// As many slots as a program may have, branches all of them.
    case branches

    var program: BenchProgram {
        let code: [Instruction] =
            switch self {
            case .explosion: AdversaryCode.prologue + AdversaryCode.explosion + AdversaryCode.end
            case .stack: AdversaryCode.prologue + AdversaryCode.fullStack + AdversaryCode.explosion + AdversaryCode.end
            case .frames: AdversaryCode.nested
            case .endless: AdversaryCode.endless
            case .wandering: AdversaryCode.wandering
            case .hoard: AdversaryCode.prologue + AdversaryCode.fullStack + AdversaryCode.hoard + AdversaryCode.end
            case .deep: AdversaryCode.deep(count: ProgramLimits.pendingBranches + 1)
            case .long: AdversaryCode.long
            case .branches: AdversaryCode.branches
            }
        return BenchProgram(
            name: rawValue, type: .schedCls, slots: code.flatMap(\.slots), maps: [1: BenchMap(spec: Self.map)])
    }

    private static let map = MapSpec(type: .array, keySize: 4, valueSize: 1 << 26, maxEntries: 1)
}
