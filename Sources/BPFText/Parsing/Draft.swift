import BPFModel

/// What the parser makes of a text: instructions whose targets are still names, and the declarations.
struct Draft {
    /// An instruction, complete or with a name to look up.
    struct Line {
        let body: Body
        /// Where the instruction starts.
        let position: SourcePosition

        var slotCount: Int { body.slotCount }
    }

    enum Body {
        case complete(Instruction)
        case jump(Reference)
        case longJump(Reference)
        case branch(BranchCondition, Width, Register, Operand, Reference)
        /// A call of a label or, where there is none, of a helper.
        case call(Reference)
        case callLocal(Reference)
        case function(Register, Reference)
        case map(Register, Reference)
        case mapValue(Register, Reference, offset: Int32)

        var slotCount: Int {
            switch self {
            case .complete(let instruction): instruction.slotCount
            case .function, .map, .mapValue: 2
            case .jump, .longJump, .branch, .call, .callLocal: 1
            }
        }
    }

    /// A name where it is used.
    struct Reference: Hashable {
        let name: String
        let position: SourcePosition
    }

    struct Label {
        let slot: Int
        let position: SourcePosition
    }

    struct Map {
        var spec: MapSpec
        var number: Int32?
        let position: SourcePosition
    }

    var lines: [Line] = []
    var slotCount = 0
    var labels: [String: Label] = [:]
    var maps: [Map] = []
    var constants: [String: Number] = Names.contextFields
    var name: String?
    var type: ProgramType?
    var license: String?

    mutating func append(_ body: Body, at position: SourcePosition) {
        lines.append(Line(body: body, position: position))
        slotCount += body.slotCount
    }
}
