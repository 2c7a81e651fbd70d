import Testing
import WeirCommands

@Suite struct QuantityTests {
    @Test(arguments: [
        (0, 0, "0"), (0.5, 0, "1"), (1.25, 1, "1.3"), (-0.04, 1, "0.0"), (-1.05, 2, "-1.05"), (12.0, 3, "12.000"),
        (0.000_001_4, 6, "0.000001"), (.infinity, 1, "-"), (.nan, 1, "-"), (1e300, 1, "-"),
    ])
    func decimal(value: Double, digits: Int, text: String) {
        #expect(Quantity.decimal(value, digits: digits) == text)
    }

    @Test(arguments: [
        (0, "0 B"), (999, "999 B"), (1000, "1.0 kB"), (999_949, "999.9 kB"), (999_950, "1.0 MB"),
        (1_500_000_000, "1.5 GB"), (.max, "18.4 EB"),
    ])
    func bytes(count: UInt64, text: String) {
        #expect(Quantity.bytes(count) == text)
    }

    @Test(arguments: [
        (0, "0:00"), (0.2, "0:01"), (59.0, "0:59"), (61, "1:01"), (3600, "1:00:00"), (86_399, "23:59:59"), (-1, "-"),
        (.infinity, "-"),
    ])
    func clock(seconds: Double, text: String) {
        #expect(Quantity.clock(seconds) == text)
    }

    @Test func rate() {
        #expect(Quantity.megapackets(12_345_678, in: 1) == "12.346")
        #expect(Quantity.megapackets(0, in: 0) == "0.000")
    }
}
