extension RegisterState: CustomStringConvertible {
    /// What the register holds, such as `packet+14+(0...60)` or `number 0...255`.
    var description: String {
        switch kind {
        case .uninitialized: "uninitialised"
        case .scalar: range.constant.map { "the number \(Int64(bitPattern: $0))" } ?? "a number (\(range))"
        case .context: "the context" + position
        case .stack: (frame == 0 ? "fp" : "fp of frame \(frame)") + position
        case .packet: "packet" + position
        case .packetMeta: "packet metadata" + position
        case .packetEnd: "data_end"
        case .map: map
        case .mapOrNull: "\(map) or null"
        case .mapValue: "a value of \(map)" + position
        case .mapValueOrNull: "a value of \(map) or null"
        case .mapKey: "a key of \(map)" + position
        case .record: "a record of \(extent) bytes" + position
        case .recordOrNull: "a record of \(extent) bytes or null"
        case .function: "function \(extent)"
        case .memory: "memory of \(extent) bytes" + position
        }
    }

    private var map: String { isOfInnerMap ? "a map in map \(extent)" : "map \(extent)" }

    private var position: String {
        let fixed = offset == 0 ? "" : offset < 0 ? "\(offset)" : "+\(offset)"
        return isVariable ? fixed + "+(\(range))" : fixed
    }
}

extension RegisterState.Kind {
    /// What a register holds, in a word for programs to read.
    var name: String {
        switch self {
        case .uninitialized: "uninitialized"
        case .scalar: "number"
        case .context: "context"
        case .stack: "stack"
        case .packet: "packet"
        case .packetMeta: "packet_meta"
        case .packetEnd: "packet_end"
        case .map: "map"
        case .mapValue: "map_value"
        case .mapValueOrNull: "map_value_or_null"
        case .mapKey: "map_key"
        case .mapOrNull: "map_or_null"
        case .record: "record"
        case .recordOrNull: "record_or_null"
        case .function: "function"
        case .memory: "memory"
        }
    }
}

extension ScalarRange: CustomStringConvertible {
    /// The bounds, unsigned where that says more, such as `0...255`.
    package var description: String {
        if let constant { return "\(Int64(bitPattern: constant))" }
        if wide.umax < UInt64(Int64.max) { return "\(wide.umin)...\(wide.umax)" }
        if wide.smin > .min || wide.smax < .max { return "\(wide.smin)...\(wide.smax)" }
        if wide.umin > 0 || wide.umax < .max { return "\(wide.umin)...\(wide.umax) unsigned" }
        return "any"
    }
}
