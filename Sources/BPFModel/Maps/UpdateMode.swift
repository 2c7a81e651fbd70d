/// What an update does where the key exists, or doesn't.
///
/// Numbers are Linux's `BPF_ANY` and so on.
public enum UpdateMode: UInt64, Hashable, Sendable, CaseIterable {
    /// Make the entry or replace it.
    case any = 0
    /// Make the entry; `EEXIST` where there is one.
    case noExist = 1
    /// Replace the entry; `ENOENT` where there is none.
    case exist = 2
}
