import Testing
import WeirCommands

@Suite struct TableTests {
    @Test func columnsLineUp() {
        var table = Table([.left("flow"), .right("bytes"), .left("flags")])
        table.add(["10.0.0.1", "7", "S"])
        table.add(["::1", "123456"])
        #expect(
            table.lines == [
                "flow       bytes  flags",
                "10.0.0.1       7  S",
                "::1       123456",
            ])
    }

    @Test func withoutRows() {
        #expect(Table([.right("a")]).lines == ["a"])
    }
}
