/// What a 64-bit immediate load puts into its register.
///
/// Source: RFC 9669, section 5.4.
///
/// Numbers that name something (descriptors, indexes) are resolved when a program is loaded.
public enum WideImmediate: Hashable, Sendable {
    /// The 64-bit number itself.
    case value(UInt64)
    /// The map with this number: a descriptor, or a local id of the loading side.
    case map(Int32)
    /// The address of the value of the map's first element, plus an offset in bytes.
    case mapValue(Int32, offset: Int32)
    /// The address of a platform variable, by its two id words.
    case variable(Int32, module: Int32)
    /// The address of a function of this program: an offset in slots from the slot after the load's first.
    case function(Int32)
    /// The map at this index of the loader's array of descriptors.
    case mapIndex(Int32)
    /// The address of the value of the indexed map's first element, plus an offset in bytes.
    case mapIndexValue(Int32, offset: Int32)
}

/// Whom a call instruction calls.
///
/// Source: RFC 9669, section 4.3.1.
public enum CallTarget: Hashable, Sendable {
    /// A helper, by its static id.
    case helper(Int32)
    /// A function of this program: an offset in slots from the next instruction.
    case local(Int32)
    /// A function of the platform, by its type id.
    case platform(Int32)
}

/// Where a legacy packet load reads.
///
/// Source: RFC 9669, section 5.5.
public enum PacketOffset: Hashable, Sendable {
    /// At the immediate offset.
    case absolute(Int32)
    /// At the sum of a register and the immediate offset.
    case indirect(Register, Int32)
}
