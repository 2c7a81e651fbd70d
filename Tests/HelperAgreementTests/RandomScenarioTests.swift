import BPFExecution
import BPFModel
import LinuxBPF
import TestKit
import Testing

/// Random sequences of packet helpers come to the same in the running kernel and on both engines.
@Suite(
    .enabled(
        if: KernelBPF.isAvailable, "bpf(2) can't be called here: it takes Linux, and the right to load programs"))
struct RandomScenarioTests {
    @Test(arguments: [ProgramType.schedCls, .xdp])
    func packets(type: ProgramType) throws { try agree("packets", type) { $0.scenario(type) } }

    @Test(arguments: [ProgramType.schedCls, .xdp])
    func values(type: ProgramType) throws { try agree("values", type) { $0.valueScenario(type) } }

    private func agree(
        _ name: String, _ type: ProgramType, _ next: (inout SeededRandom) -> Scenario
    ) throws {
        let count = 400
        let seed: UInt64 = 2026
        var random = SeededRandom(seed: seed)
        let agreements = Engine.allCases.map {
            Agreement("helpers on \(name) of \(type.name), seed \(seed)", engine: $0.rawValue)
        }
        for number in 0..<count {
            let scenario = next(&random)
            let expected = try scenario.observeKernel()
            for (engine, agreement) in zip(Engine.allCases, agreements) {
                let found = try scenario.observe(engine)
                let difference = found.difference(from: expected)
                let name = "\(number): \(scenario)"
                if difference != nil, let reason = scenario.knownDifference(found, expected) {
                    agreement.exempt(name, because: reason)
                } else {
                    agreement.compare(name, expected: nil, found: difference)
                }
            }
        }
        for agreement in agreements { #expect(agreement.report() == []) }
    }
}
