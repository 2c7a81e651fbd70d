import BPFModel

/// The registers and the stack of one function that is being executed.
struct Frame: Sendable {
    /// `r0` through `r10`.
    private var registers: InlineArray<11, RegisterState>
    /// The slots written so far, from the frame pointer down: slot 0 is the eight bytes below it.
    var stack: [StackSlot] = []
    /// Which frame of the chain this is; the main program's is 0.
    let number: UInt8
    /// The call that made it; for the main program -1.
    let callSite: Int32
    /// The function, by its number in the program.
    let function: Int32

    init(number: UInt8, callSite: Int32, function: Int32) {
        registers = InlineArray(repeating: .uninitialized)
        self.number = number
        self.callSite = callSite
        self.function = function
        registers[10] = .pointer(.stack, frame: number)
    }

    subscript(register: Register) -> RegisterState {
        @inline(__always) get { registers[Int(register.rawValue)] }
        @inline(__always) set { registers[Int(register.rawValue)] = newValue }
        @inline(__always) _modify { yield &registers[Int(register.rawValue)] }
    }

    subscript(number number: Int) -> RegisterState {
        @inline(__always) get { registers[number] }
        @inline(__always) _modify { yield &registers[number] }
    }

    /// Changes every register, and every register spilled to the stack.
    mutating func forEachRegister(where condition: (RegisterState) -> Bool, _ change: (inout RegisterState) -> Void) {
        for number in 0..<10 where condition(registers[number]) { change(&registers[number]) }
        for slot in stack.indices where stack[slot].holdsSpill && condition(stack[slot].register) {
            change(&stack[slot].register)
        }
    }

    /// Makes room for a slot.
    mutating func reserve(slot: Int) {
        while stack.count <= slot { stack.append(.uninitialized) }
    }
}
