import Foundation
import TestKit
import Testing
import WeirCommands

@Suite struct JSONValueTests {
    /// Digits alone, however small or large: not every reader of JSON takes an exponent.
    @Test(arguments: [(0.00007, "0.000070"), (0, "0.000000"), (-12.5, "-12.500000"), (.nan, "null"), (1e300, "null")])
    func decimals(value: Double, text: String) {
        #expect(JSONValue.decimal(value).description == text)
    }

    @Test func text() {
        let value: JSONValue = [
            "name": "a \"b\"\n\u{1}\\", "count": .unsigned(.max), "part": .decimal(0.25), "list": [1, -2, true, .null],
            "none": .optional(nil), "empty": .object([]),
        ]
        #expect(
            value.description
                == #"{"name": "a \"b\"\n\u0001\\", "count": 18446744073709551615, "part": 0.250000, "#
                + #""list": [1, -2, true, null], "none": null, "empty": {}}"#)
    }

    /// Whatever a string holds, another reader finds it again.
    @Test func stringsSurvive() throws {
        var random = SeededRandom(seed: 11)
        for _ in 0..<500 {
            let text = String(decoding: random.bytes(12), as: UTF8.self) + "\u{7f}\u{2028}é"
            let data = Data(JSONValue.array([.string(text)]).description.utf8)
            #expect(try JSONDecoder().decode([String].self, from: data) == [text], "seed 11, \(text.debugDescription)")
        }
    }
}
