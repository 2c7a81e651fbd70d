import BPFModel
import ClassicBPF
import Foundation
import Testing

@Suite struct ReportTests {
    static let program = ClassicProgram([
        .loadAbsolute(.half, offset: 12), .branch(.equal, .constant(0x800), ifTrue: 0, ifFalse: 2),
        .returnConstant(262_144), .copyToX, .returnConstant(0),
    ])

    @Test func listingShowsBothPrograms() throws {
        let text = try Self.program.translated(.libpcap).listing { slot, _ in "slot \(slot)" }
        #expect(
            text == """
                      0: slot 0
                (000) ldh      [12]
                      1: slot 1
                (001) jeq      #0x800           jt 2\tjf 4
                      2: slot 2
                (002) ret      #262144
                      3: slot 3
                      4: slot 4
                (003) tax          ; never reached
                (004) ret      #0
                      5: slot 5
                      6: slot 6

                """)
    }

    @Test func reportIsData() throws {
        let report = ClassicReport(try Self.program.translated(.libpcap)) { slot, _ in "slot \(slot)" }
        #expect(
            report.instructions.map(\.text) == [
                "ldh      [12]", "jeq      #0x800           jt 2\tjf 4", "ret      #262144", "tax", "ret      #0",
            ])
        #expect(report.ebpf?.map(\.source) == [nil, 0, 1, 2, 2, 4, 4])
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys]
        let json = try encoder.encode(ClassicReport(ClassicProgram([.returnConstant(5)])))
        #expect(
            String(decoding: json, as: UTF8.self)
                == #"{"instructions":[{"code":6,"index":0,"jf":0,"jt":0,"k":5,"text":"ret      #5"}]}"#)
        #expect(try JSONDecoder().decode(ClassicReport.self, from: encoder.encode(report)) == report)
    }
}
