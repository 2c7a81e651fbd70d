/// What bpf(2) is asked to do.
///
/// Numbers are Linux's `enum bpf_cmd`.
enum Command: Int32 {
    case createMap = 0
    case lookup = 1
    case update = 2
    case delete = 3
    case nextKey = 4
    case loadProgram = 5
    case testRun = 10
    case loadTypes = 18
    case lookupAndDelete = 21
    case freeze = 22
    case lookupBatch = 24
    case lookupAndDeleteBatch = 25
    case updateBatch = 26
    case deleteBatch = 27
}
