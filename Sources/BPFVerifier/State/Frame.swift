import BPFModel

/// The registers and the stack of one function that is being executed.
struct Frame: Sendable {
    /// `r0` through `r10`; an array, so that states that wait or are kept share what they have in common.
    private var registers: [RegisterState]
    /// The slots written so far, from the frame pointer down: slot 0 is the eight bytes below it.
    var stack: [StackSlot] = []
    /// Which frame of the chain this is; the main program's is 0.
    let number: UInt8
    /// The call that made it; for the main program -1.
    let callSite: Int32
    /// The function, by its number in the program.
    let function: Int32
    /// Whether a helper calls it; it then returns to the call, which may call it again.
    let isCallback: Bool
    /// How often the helper that this function calls has called back so far.
    var turns: Int32 = 0
    /// For a callback, the records that were held when it was called.
    var recordsAtEntry: [Holdings.Record] = []

    init(number: UInt8, callSite: Int32, function: Int32, isCallback: Bool = false) {
        self.isCallback = isCallback
        registers = [RegisterState](repeating: .uninitialized, count: Register.allCases.count)
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

    /// The registers of the caller that may still be read: after the call, or at it where a helper made it.
    ///
    /// - Parameter live: for each instruction, the registers that may be read.
    func liveInCaller(_ live: [UInt16]) -> UInt16 {
        isCallback ? live[Int(callSite)] : live[Int(callSite) + 1] & RegisterUse.calleeSaved
    }

    /// How many registers and slots of the stack there are.
    var size: Int { registers.count + stack.count }

    /// Makes room for a slot.
    mutating func reserve(slot: Int) {
        while stack.count <= slot { stack.append(.uninitialized) }
    }
}
