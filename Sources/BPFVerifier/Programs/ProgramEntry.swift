/// What a program finds in its registers when it starts.
public enum ProgramEntry: Hashable, Sendable {
    /// `r1` holds the address of the context of the program's type.
    case context
    /// `r1` holds the address of `size` writable bytes and `r2` their number, as uBPF calls programs.
    case memory(size: Int)
}
