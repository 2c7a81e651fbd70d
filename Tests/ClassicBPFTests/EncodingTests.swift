import ClassicBPF
import TestKit
import Testing

@Suite struct EncodingTests {
    @Test func bytesAreLittleEndianInstructions() throws {
        let bytes: [UInt8] = [0x28, 0, 1, 2, 0x0c, 0, 0, 0x80, 0x06, 0xff, 0, 0, 0, 0, 4, 0]
        let program = try ClassicProgram(bytes: bytes.span)
        #expect(
            program.instructions == [
                ClassicInstruction(code: 0x28, jt: 1, jf: 2, k: 0x8000_000c),
                ClassicInstruction(code: 0xff06, k: 0x4_0000),
            ])
        #expect(program.bytes == bytes)
    }

    @Test(arguments: [
        (1, "1 bytes are not whole instructions of 8 bytes; 1 bytes are left over at offset 0"),
        (23, "23 bytes are not whole instructions of 8 bytes; 7 bytes are left over at offset 16"),
    ])
    func unevenLength(count: Int, text: String) {
        let error = #expect(throws: ClassicFormatError.self) {
            try ClassicProgram(bytes: [UInt8](repeating: 0, count: count).span)
        }
        #expect(error?.description == text)
    }

    @Test(arguments: [
        "2\n40 0 0 12\n6 0 0 4294967295\n", "2,40 0 0 12,6 0 0 4294967295", "\n 2 \n\n40\t0 0 12\r\n6 0 0 4294967295",
    ])
    func decimalText(text: String) throws {
        let expected = ClassicProgram([.loadAbsolute(.half, offset: 12), .returnConstant(.max)])
        #expect(try ClassicProgram(decimalText: text) == expected)
    }

    @Test(arguments: [
        ("", "line 1: expected the number of instructions, found ''; the text is that of tcpdump -ddd"),
        ("ldh [12]", "line 1: expected the number of instructions, found 'ldh [12]'; the text is that of tcpdump -ddd"),
        ("-1", "line 1: expected the number of instructions, found '-1'; the text is that of tcpdump -ddd"),
        ("1\n6 0 0", "line 2: expected the four decimal numbers code, jt, jf and k, found '6 0 0'"),
        ("1\n\n65536 0 0 0", "line 3: code is 65536, which is not a number from 0 through 65535"),
        ("1,6 256 0 0", "line 2: jt is 256, which is not a number from 0 through 255"),
        ("1,6 0 -1 0", "line 2: jf is -1, which is not a number from 0 through 255"),
        ("1,6 0 0 4294967296", "line 2: k is 4294967296, which is not a number from 0 through 4294967295"),
        ("1,6 0 0 +1", "line 2: k is +1, which is not a number from 0 through 4294967295"),
        ("2\n6 0 0 0", "line 1 announces 2 instructions, but 1 follow; correct the number or the list"),
        ("0\n6 0 0 0", "line 1 announces 0 instructions, but 1 follow; correct the number or the list"),
    ])
    func badDecimalText(text: String, message: String) {
        let error = #expect(throws: ClassicFormatError.self) { try ClassicProgram(decimalText: text) }
        #expect(error?.description == message)
    }

    @Test func everyFormIsReversible() throws {
        var random = SeededRandom(seed: 1)
        for _ in 0..<500 {
            let program = try ClassicProgram(bytes: random.bytes(8 * Int.random(in: 0..<20, using: &random)).span)
            #expect(try ClassicProgram(bytes: program.bytes.span) == program)
            #expect(try ClassicProgram(decimalText: program.listing(.decimal)) == program)
        }
    }

    /// A code means an operation exactly if encoding the operation gives the code back.
    @Test func everyOperationHasOneCode() {
        var known = 0
        for code in UInt16.min ... .max {
            guard let operation = ClassicInstruction(code: code, jt: 1, jf: 2, k: 3).operation else { continue }
            known += 1
            #expect(ClassicInstruction(operation).code == code)
            #expect(ClassicInstruction(operation).operation == operation)
        }
        #expect(known == 3 * 2 + 3 + 4 + 2 + 10 * 2 + 1 + 1 + 4 * 2 + 2 + 2)
    }
}
