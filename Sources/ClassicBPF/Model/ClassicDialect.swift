/// Whose rules a classic program is checked, run and translated by.
///
/// | | Linux | libpcap |
/// |---|---|---|
/// | jumps | forward only | also backward, within the program |
/// | length of a program | 1 through 4096 | 1 or more |
/// | reading a cell never written | refused | 0 |
/// | shifting by 32 or more | refused if constant, else modulo 32 | 0 |
/// | X + k of an indexed load | modulo 2^32, then signed | a sum above 2^32 is out of range |
/// | offsets from -0x200000 up | ancillary fields and other headers | out of range, but for two VLAN fields |
/// | length load | bytes of the packet at hand | bytes on the wire |
public enum ClassicDialect: Hashable, Sendable, CaseIterable {
    /// Socket filters of the Linux kernel.
    case linux
    /// libpcap's own interpreter, which filters capture files.
    case libpcap
}
