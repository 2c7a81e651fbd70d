public import BPFModel

/// Why a map can't be made.
public struct MapError: Error, Hashable, Sendable {
    /// The error number Linux gives.
    public let errno: Errno
    /// What is wrong, and what is possible.
    public let reason: String

    static func zero(_ what: String) -> MapError {
        MapError(errno: .invalid, reason: "\(what) is 0, must be at least 1")
    }

    static func unsupported(_ type: MapType) -> MapError {
        MapError(errno: .notSupported, reason: "maps of type \(type.name) can't be made: \(type.lack)")
    }

    static func negative(_ what: String, _ size: Int) -> MapError {
        MapError(errno: .invalid, reason: "\(what) is \(size), must be at least 1")
    }

    static func workers(_ count: Int) -> MapError {
        MapError(errno: .invalid, reason: "number of workers is \(count), must be at least 1")
    }

    static func lruNeedsPreallocation(_ type: MapType) -> MapError {
        MapError(errno: .unsupported, reason: "map type \(type.name) is preallocated: leave out flag 0x1")
    }

    static func needsNoPreallocation(_ type: MapType) -> MapError {
        MapError(errno: .invalid, reason: "map type \(type.name) is not preallocated: add flag 0x1")
    }

    static func prefixSize(_ size: Int) -> MapError {
        MapError(
            errno: .invalid,
            reason: "key size of a prefix trie is \(size), must be 4 and the 1 to 256 bytes of a prefix")
    }

    static func prefixValue(_ size: Int, limit: Int) -> MapError {
        MapError(errno: .invalid, reason: "value size is \(size), at most \(limit) are possible")
    }

    static func arrayKeySize(_ size: Int) -> MapError {
        MapError(errno: .invalid, reason: "key size of an array is \(size), must be 4")
    }

    static func flags(_ flags: MapFlags, _ type: MapType) -> MapError {
        MapError(
            errno: .invalid, reason: "map type \(type.name) does not take flags 0x\(String(flags.rawValue, radix: 16))")
    }

    static func tooLarge(_ what: String, _ size: Int, limit: Int) -> MapError {
        MapError(errno: .tooBig, reason: "\(what) is \(size), at most \(limit) are possible")
    }

    static func noMemory(bytes: Int) -> MapError {
        MapError(errno: .noMemory, reason: "the system has no room for a map of \(bytes) bytes")
    }
}

extension MapError: CustomStringConvertible {
    /// One line: the error's name and the reason.
    public var description: String { "\(errno): \(reason)" }
}

extension MapType {
    /// What is missing here for maps of the kinds that can't be made.
    fileprivate var lack: String {
        switch self {
        case .sockmap, .sockhash, .xskmap: "there are no sockets here to redirect to"
        case .stackTrace: "there are no call stacks here to keep"
        case .hash, .array, .progArray, .perfEventArray, .percpuHash, .percpuArray, .lruHash, .lruPercpuHash, .lpmTrie,
            .arrayOfMaps, .hashOfMaps, .devmap, .cpumap, .queue, .stack, .devmapHash, .ringbuf, .bloomFilter:
            "this kind isn't there yet"
        }
    }
}
