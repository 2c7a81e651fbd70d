import Testing
import WeirCommands

@Suite struct HexadecimalTests {
    @Test(arguments: [
        ("", []), ("00ff", [0, 255]), ("0x00 0xFF", [0, 255]), ("aA:Bb, 0c\n", [0xaa, 0xbb, 0x0c]), (#"\x01\x02"#, nil),
        ("0", nil), ("0x", []), ("0 0", nil), ("0g", nil), ("x00", nil), ("00x1", nil),
    ])
    func bytes(text: String, bytes: [UInt8]?) {
        #expect(Hexadecimal.bytes(text) == bytes)
    }

    @Test func digits() {
        #expect(Hexadecimal.digits([0, 0x1f, 255] as [UInt8]) == "001fff")
    }
}
