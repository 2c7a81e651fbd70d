internal import ArgumentParser
internal import Weir

/// A link type on the command line: libpcap's name for it, such as `EN10MB` or `LINUX_SLL2`, or its number.
struct LinkTypeArgument: ExpressibleByArgument {
    let value: LinkType

    init(_ value: LinkType) { self.value = value }

    init?(argument: String) {
        if let number = UInt16(argument) {
            value = LinkType(rawValue: number)
        } else if let named = LinkType(libpcapName: argument) {
            value = named
        } else {
            return nil
        }
    }

    var defaultValueDescription: String { value.libpcapName ?? "\(value.rawValue)" }

    static var defaultCompletionKind: CompletionKind { .list(LinkType.knownToLibpcap.compactMap(\.libpcapName)) }
}
