/// Numbers as people read them.
package enum Quantity {
    /// A number with a fixed count of digits after the point, rounded.
    ///
    /// - Parameters:
    ///   - value: the number; below 10^15.
    ///   - digits: digits after the point, 0 through 9.
    package static func decimal(_ value: Double, digits: Int) -> String {
        guard value.isFinite, value.magnitude < 1e15 else { return "-" }
        let scale = (0..<digits).reduce(1) { scale, _ in scale * 10 }
        let scaled = Int64((value.magnitude * Double(scale)).rounded())
        let sign = value < 0 && scaled != 0 ? "-" : ""
        let (whole, rest) = scaled.quotientAndRemainder(dividingBy: Int64(scale))
        guard digits > 0 else { return "\(sign)\(whole)" }
        return "\(sign)\(whole)." + padded("\(rest)", to: digits)
    }

    /// A number with six digits after the point as JSON has it; null where it is none.
    static func json(_ value: Double) -> String {
        value.isFinite && value.magnitude < 1e9 ? decimal(value, digits: 6) : "null"
    }

    /// A count of bytes in the largest unit that leaves at least one before the point, such as `1.4 MB`.
    ///
    /// Units are powers of 1000, as for disks and links.
    package static func bytes(_ count: UInt64) -> String {
        guard count >= 1000 else { return "\(count) B" }
        var value = Double(count)
        for unit in ["kB", "MB", "GB", "TB", "PB"] {
            value /= 1000
            if value < 999.95 { return "\(decimal(value, digits: 1)) \(unit)" }
        }
        return "\(decimal(value / 1000, digits: 1)) EB"
    }

    /// A duration in seconds, with as many digits as its size makes worth showing.
    package static func seconds(_ seconds: Double) -> String {
        decimal(seconds, digits: seconds < 1 ? 6 : 3)
    }

    /// A duration as `h:mm:ss` or `m:ss`.
    package static func clock(_ seconds: Double) -> String {
        guard seconds.isFinite, seconds >= 0, seconds < 1e9 else { return "-" }
        let (minutes, rest) = Int64(seconds.rounded(.up)).quotientAndRemainder(dividingBy: 60)
        guard minutes >= 60 else { return "\(minutes):" + padded("\(rest)", to: 2) }
        return "\(minutes / 60):" + padded("\(minutes % 60)", to: 2) + ":" + padded("\(rest)", to: 2)
    }

    /// A count with its noun, in the plural where there isn't exactly one.
    package static func count(_ number: some BinaryInteger, _ noun: String) -> String {
        "\(number) \(noun)\(number == 1 ? "" : "s")"
    }

    /// The time of day in UTC of nanoseconds since 1970-01-01, to the microsecond.
    package static func timeOfDay(_ nanoseconds: UInt64) -> String {
        let seconds = nanoseconds / 1_000_000_000 % 86_400
        let parts = [seconds / 3600, seconds / 60 % 60, seconds % 60].map { padded("\($0)", to: 2) }
        return parts.joined(separator: ":") + "." + padded("\(nanoseconds / 1000 % 1_000_000)", to: 6)
    }

    /// Millions of packets each second, such as `12.3`.
    package static func megapackets(_ packets: UInt64, in seconds: Double) -> String {
        decimal(seconds > 0 ? Double(packets) / seconds / 1e6 : 0, digits: 3)
    }

    private static func padded(_ digits: String, to width: Int) -> String {
        String(repeating: "0", count: max(0, width - digits.utf8.count)) + digits
    }
}

extension Duration {
    /// The duration in seconds.
    var inSeconds: Double {
        let (seconds, attoseconds) = components
        return Double(seconds) + Double(attoseconds) * 1e-18
    }
}
