// The helpers that tell something, or compute it.
extension HelperPrototype {
    static let values: [HelperPrototype] = [
        probeRead, monotonicTime, randomNumber, processorID, numaNode, parseSigned, parseUnsigned, probeReadKernel,
        jiffies, bootTime, coarseTime, compareStrings, atomicTime,
    ]

    /// Reads memory of the traced system; here there is none: an errno, negated, and zeros.
    public static let probeRead = HelperPrototype(
        4, "bpf_probe_read", [.writableMemory, .sizeOrZero, .anything], .scalar, .tracing, needsGPL: true,
        needsPrivilege: true)

    /// The time in nanoseconds; over a capture file, the time stamp of the packet.
    public static let monotonicTime = HelperPrototype(5, "bpf_ktime_get_ns", [], .scalar, .everyType)

    /// A pseudo-random 32-bit number.
    public static let randomNumber = HelperPrototype(7, "bpf_get_prandom_u32", [], .scalar, .everyType)

    /// The number of the worker that runs the program.
    public static let processorID = HelperPrototype(8, "bpf_get_smp_processor_id", [], .scalar, .everyType)

    /// The NUMA node of the worker.
    public static let numaNode = HelperPrototype(42, "bpf_get_numa_node_id", [], .scalar, .everyType)

    /// Reads a number; how many characters it has, or an errno, negated.
    public static let parseSigned = HelperPrototype(
        105, "bpf_strtol", [.readableMemory, .size, .anything, .writableDouble], .scalar, .everyType)

    /// Reads a number without sign; how many characters it has, or an errno, negated.
    public static let parseUnsigned = HelperPrototype(
        106, "bpf_strtoul", [.readableMemory, .size, .anything, .writableDouble], .scalar, .everyType)

    /// Reads memory of the traced system; here there is none: an errno, negated, and zeros.
    public static let probeReadKernel = HelperPrototype(
        113, "bpf_probe_read_kernel", [.writableMemory, .sizeOrZero, .anything], .scalar, .everyType, needsGPL: true,
        needsPrivilege: true)

    /// The time in ticks of the host.
    public static let jiffies = HelperPrototype(118, "bpf_jiffies64", [], .scalar, .everyType, needsPrivilege: true)

    /// The time in nanoseconds, suspensions included.
    public static let bootTime = HelperPrototype(125, "bpf_ktime_get_boot_ns", [], .scalar, .everyType)

    /// The time in nanoseconds at the last tick.
    public static let coarseTime = HelperPrototype(
        160, "bpf_ktime_get_coarse_ns", [], .scalar, .everyType.subtracting(.tracing))

    /// Compares a string with a constant one: negative, 0 or positive.
    public static let compareStrings = HelperPrototype(
        182, "bpf_strncmp", [.readableMemory, .size, .constantString], .scalar, .everyType)

    /// The international atomic time in nanoseconds.
    public static let atomicTime = HelperPrototype(208, "bpf_ktime_get_tai_ns", [], .scalar, .everyType)
}
