internal import Weir

/// A program named on the command line: assembly, instructions of 8 bytes, or the same in hexadecimal.
struct ProgramFile {
    /// The file as named; `-` is standard input.
    let path: String

    /// Reads the program, telling its form by its content: only binary programs have zero bytes.
    ///
    /// - Parameters:
    ///   - type: what it attaches to, where it doesn't say.
    ///   - console: has standard input.
    func spec(_ type: ProgramType, on console: Console) throws -> ProgramSpec {
        try program(type, on: console).spec
    }

    /// Reads the program as ``spec(_:on:)`` does, and keeps which line each instruction is from.
    func program(_ type: ProgramType, on console: Console) throws -> SourcedProgram {
        let bytes = try InputFile(path: path).bytes(on: console)
        if !bytes.contains(0), let text = String(validating: bytes, as: UTF8.self), Hexadecimal.bytes(text) == nil {
            let program = try Assembler.assemble(text, source: name, type: type)
            return SourcedProgram(program.spec, name: name, lines: program.lines, text: text)
        }
        return SourcedProgram(ProgramSpec(type: type, code: try code(bytes)), name: name)
    }

    /// Reads the instructions of a program that is not assembly.
    func code(on console: Console) throws -> InstructionSequence {
        try code(try slots(on: console))
    }

    /// Reads the slots of a program that is not assembly, whether they are instructions or not.
    func slots(on console: Console) throws -> [RawInstruction] {
        try slots(try InputFile(path: path).bytes(on: console))
    }

    private func slots(_ bytes: [UInt8]) throws -> [RawInstruction] {
        let isText = !bytes.contains(0)
        let hexadecimal = isText ? Hexadecimal.bytes(String(decoding: bytes, as: UTF8.self)) : nil
        do { return try RawInstruction.slots(of: hexadecimal ?? bytes) } catch {
            throw CommandError.found(error, in: name)
        }
    }

    private func code(_ slots: [RawInstruction]) throws -> InstructionSequence {
        do { return try InstructionSequence(decoding: slots) } catch { throw CommandError.found(error, in: name) }
    }

    private func code(_ bytes: [UInt8]) throws -> InstructionSequence { try code(try slots(bytes)) }

    /// What messages call the file.
    var name: String { path == "-" ? "standard input" : path }
}
