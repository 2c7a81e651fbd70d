import BPFModel

/// Moves a state over an instruction whose assertions hold.
///
/// A class for the same reason as ``Checker``.
final class Transformer: Sendable {
    let layout: ContextLayout
    let maps: MapTable
    let options: Verifier.Options
    private let flow: ControlFlow

    init(_ spec: ProgramSpec, _ flow: ControlFlow, options: Verifier.Options) {
        self.flow = flow
        layout = spec.type.context
        maps = MapTable(spec.maps)
        self.options = options
    }

    /// Everything but jumps, branches, calls and exits, which the explorer follows.
    func apply(_ instruction: Instruction, at index: Int, to state: inout MachineState) throws(Failure) {
        switch instruction {
        case .alu(let operation, let width, let destination, let source):
            try applyALU(operation, width, destination, source, to: &state)
        case .negate(let width, let register):
            compute(register, in: &state) { $0.negated(width) }
        case .moveSignExtended(let bits, let width, let destination, let source):
            moveSignExtended(bits, width, destination, source, in: &state)
        case .byteSwap(let swap, let width, let register):
            compute(register, in: &state) { $0.applying(swap, width) }
        case .load(let size, let signExtended, let destination, let base, let offset):
            state[destination] = load(size, signExtended: signExtended, state[base], offset, state)
        case .loadAcquire(let size, let destination, let base, let offset):
            state[destination] = load(size, signExtended: false, state[base], offset, state)
        case .store(let size, let base, let offset, let source):
            if case .register(let register) = source, state[base].kind == .stack { tie(register, in: &state) }
            store(state.value(of: source), size, state[base], offset, in: &state)
        case .storeRelease(let size, let base, let offset, let source):
            store(state[source], size, state[base], offset, in: &state)
        case .atomic(let operation, let width, let base, let offset, let source):
            applyAtomic(operation, width.memorySize, base, offset, source, to: &state)
        case .loadWide(let destination, let immediate):
            state[destination] = value(of: immediate, at: index)
        case .loadPacket(let size, _):
            clobberArguments(&state)
            state[.r0] = .scalar(.unsigned(bits: size.bits))
        case .jump, .longJump, .branch, .call, .exit: break
        }
    }

    func clobberArguments(_ state: inout MachineState) {
        for register in Register.arguments { state[register] = .uninitialized }
    }

    private func value(of immediate: WideImmediate, at index: Int) -> RegisterState {
        switch immediate {
        case .value(let number): .constant(number)
        case .map(let number): .pointer(.map, extent: number)
        case .mapValue(let number, let offset): .pointer(.mapValue, offset: offset, extent: number)
        case .function: .pointer(.function, extent: Int32(flow.function(of: Int(flow.targets[index]))))
        case .variable, .mapIndex, .mapIndexValue: .unknown
        }
    }
}
