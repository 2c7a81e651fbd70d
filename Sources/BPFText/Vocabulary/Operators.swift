import BPFModel

/// How operations are spelled: every operator once, read by the printer and by the parser.
extension ALUOperation {
    /// The assignment operator of LLVM's syntax, such as `s>>=`.
    var symbol: String {
        switch self {
        case .add: "+="
        case .sub: "-="
        case .mul: "*="
        case .div: "/="
        case .sdiv: "s/="
        case .or: "|="
        case .and: "&="
        case .lsh: "<<="
        case .rsh: ">>="
        case .mod: "%="
        case .smod: "s%="
        case .xor: "^="
        case .mov: "="
        case .arsh: "s>>="
        }
    }

    /// The 64-bit mnemonic of uBPF's syntax.
    var mnemonic: String {
        switch self {
        case .add: "add"
        case .sub: "sub"
        case .mul: "mul"
        case .div: "div"
        case .sdiv: "sdiv"
        case .or: "or"
        case .and: "and"
        case .lsh: "lsh"
        case .rsh: "rsh"
        case .mod: "mod"
        case .smod: "smod"
        case .xor: "xor"
        case .mov: "mov"
        case .arsh: "arsh"
        }
    }
}

extension BranchCondition {
    /// The comparison operator of LLVM's syntax.
    var symbol: String {
        switch self {
        case .equal: "=="
        case .notEqual: "!="
        case .greater: ">"
        case .greaterOrEqual: ">="
        case .less: "<"
        case .lessOrEqual: "<="
        case .bitsSet: "&"
        case .signedGreater: "s>"
        case .signedGreaterOrEqual: "s>="
        case .signedLess: "s<"
        case .signedLessOrEqual: "s<="
        }
    }

    /// The 64-bit mnemonic of uBPF's syntax.
    var mnemonic: String {
        switch self {
        case .equal: "jeq"
        case .notEqual: "jne"
        case .greater: "jgt"
        case .greaterOrEqual: "jge"
        case .less: "jlt"
        case .lessOrEqual: "jle"
        case .bitsSet: "jset"
        case .signedGreater: "jsgt"
        case .signedGreaterOrEqual: "jsge"
        case .signedLess: "jslt"
        case .signedLessOrEqual: "jsle"
        }
    }
}

extension AtomicOperation {
    /// The name of the function LLVM's syntax writes, or nil for those written with an assignment operator.
    func function(_ width: Width) -> String? {
        switch self {
        case .modify(_, fetch: false): nil
        case .modify(let combination, fetch: true): "atomic_fetch_" + combination.operation.mnemonic
        case .exchange: "xchg" + width.exchangeSuffix
        case .compareExchange: "cmpxchg" + width.exchangeSuffix
        }
    }

    /// The name after `lock` in uBPF's syntax, before the width.
    var mnemonic: String {
        switch self {
        case .modify(let combination, _): combination.operation.mnemonic
        case .exchange: "xchg"
        case .compareExchange: "cmpxchg"
        }
    }

    /// The name after `atomic_` or `atomic64_` in the kernel's listings, where it has one.
    var kernelName: String? {
        switch self {
        case .modify(_, fetch: false): nil
        case .modify(_, fetch: true): "fetch_" + mnemonic
        case .exchange, .compareExchange: mnemonic
        }
    }

    /// The same operation, returning the old value.
    var fetching: AtomicOperation {
        switch self {
        case .modify(let combination, _): .modify(combination, fetch: true)
        case .exchange, .compareExchange: self
        }
    }

    /// The same operation, not returning the old value where it needn't.
    var withoutFetch: AtomicOperation {
        switch self {
        case .modify(let combination, _): .modify(combination, fetch: false)
        case .exchange, .compareExchange: self
        }
    }
}

extension OrderedAccess {
    /// The name of the function LLVM's syntax writes.
    var function: String {
        switch self {
        case .loadAcquire: "load_acquire"
        case .storeRelease: "store_release"
        }
    }

    static let allFunctions = allCases.map(\.function)
}

extension ByteSwap {
    /// The start of the name, before the width, in both syntaxes.
    var name: String {
        switch self {
        case .littleEndian: "le"
        case .bigEndian: "be"
        case .swap: "bswap"
        }
    }
}

/// The operators of one kind by their spelling.
enum Operators {
    static let assignments = bySymbol(ALUOperation.allCases, \.symbol)
    static let comparisons = bySymbol(BranchCondition.allCases, \.symbol)
    static let combinations = bySymbol(AtomicOperation.Combination.allCases, \.operation.symbol)

    /// Every operator and punctuation mark by its first byte, longest first, so that the first that matches is the
    /// one meant.
    static let byFirstByte: [UInt8: [[UInt8]]] = {
        let punctuation = ["(", ")", "[", "]", ",", ":", "+", "-", "*", "&", "<", ">", "="]
        let symbols = Set(assignments.keys).union(comparisons.keys).union(punctuation).map { Array($0.utf8) }
        return Dictionary(grouping: symbols.sorted { $0.count > $1.count }) { $0[0] }
    }()

    private static func bySymbol<Case>(_ cases: [Case], _ symbol: (Case) -> String) -> [String: Case] {
        Dictionary(uniqueKeysWithValues: cases.map { (symbol($0), $0) })
    }
}
