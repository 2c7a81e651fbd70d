import BPFModel
import LinuxBPF

extension Scenario {
    /// Runs the scenario in the kernel.
    func observeKernel() throws -> Observation {
        let map = try KernelMap(Self.records)
        let program = try KernelProgram.load(spec, maps: [1: map], logLevel: .none)
        let run = try program.testRun(data: packet, room: 1 << 15)
        return Observation(result: run.result, packet: run.data, records: try map.lookup([0, 0, 0, 0]))
    }
}
