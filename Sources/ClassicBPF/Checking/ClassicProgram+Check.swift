extension ClassicProgram {
    /// Checks the program as the owner of `dialect` does before it runs one.
    ///
    /// What passes runs without fault: for `.linux` it also ends. The first broken rule is thrown, in the order in which Linux or
    /// libpcap look; both only say "invalid", the words are ours.
    public func check(_ dialect: ClassicDialect) throws(ClassicRejection) {
        switch dialect {
        case .linux: try checkAsLinux()
        case .libpcap: try checkAsLibpcap()
        }
    }
}
