extension VerifierRejection.Reason {
    /// What the reason means, with a program that is refused for it and how it is mended, in Markdown.
    ///
    /// It is the reason's section of <doc:Rejections>; that page is the one place where it is written.
    public var explanation: String {
        Self.sections[rawValue] ?? ""
    }

    /// The sections of the page whose headings are codes, by code.
    private static let sections: [String: String] = {
        var sections: [String: String] = [:]
        var code: String?
        var lines: [Substring] = []
        let text = String(decoding: PackageResources.Rejections_md, as: UTF8.self)
        for line in (text + "\n## ").split(separator: "\n", omittingEmptySubsequences: false) {
            if line.hasPrefix("## ") {
                if let code { sections[code] = lines.joined(separator: "\n") }
                code = line.hasPrefix("## `") ? String(line.dropFirst(4).prefix { $0 != "`" }) : nil
                lines = []
            }
            lines.append(line)
        }
        return sections
    }()
}
