extension MapSpec {
    /// Whether programs may only read the values: as the flags say, and always where values are targets.
    ///
    /// Source: Linux, `dev_map_init_map`.
    public var isReadOnlyForPrograms: Bool {
        flags.contains(.readOnlyForPrograms) || type == .devmap || type == .devmapHash
    }
}
