/// The running kernel's bpf(2), as an oracle for tests and benchmarks.
public enum KernelBPF {
    /// Whether this process may use bpf(2): the kernel has it, and lets us make maps and load programs.
    public static let isAvailable: Bool = {
        guard (try? KernelMap(type: 2, keySize: 4, valueSize: 4, maxEntries: 1)) != nil else { return false }
        // r0 = 0; exit: a packet filter that any caller with the right may load.
        return (try? KernelProgram.load(type: 3, instructions: [.zeroResult, .exit])) != nil
    }()

    /// The kernel's release, such as `6.18.44`, to be recorded beside results.
    public static let release = Machine.kernelRelease

    /// How many CPUs the kernel counts values of per-CPU maps for.
    public static let possibleCPUs: Int = {
        let text = Machine.contents("/sys/devices/system/cpu/possible") ?? ""
        let last = text.split { !$0.isNumber }.last.flatMap { Int($0) }
        return (last ?? 0) + 1
    }()
}
