import Synchronization

/// The tally of one collection on one engine: what agrees, and every disagreement with both results.
///
/// Printed when done as `COLLECTION, ENGINE: agree N of M`, then one line for each disagreement and each case left out.
public final class Agreement: Sendable {
    private struct Tally {
        var compared = 0
        var disagreements: [String] = []
        var exceptions: [String] = []
    }

    private let title: String
    private let tally = Mutex(Tally())

    /// Starts the tally of `collection` on `engine`.
    public init(_ collection: String, engine: String) {
        title = "\(collection), \(engine)"
    }

    /// Counts one comparison; the results are remembered where they differ.
    public func compare<Result: Equatable & Sendable>(_ name: String, expected: Result, found: Result) {
        tally.withLock { tally in
            tally.compared += 1
            if expected != found { tally.disagreements.append("\(name): expected \(expected), found \(found)") }
        }
    }

    /// Counts a disagreement that has no two comparable values.
    public func disagree(_ name: String, _ reason: String) {
        tally.withLock { tally in
            tally.compared += 1
            tally.disagreements.append("\(name): \(reason)")
        }
    }

    /// Names a case that is left out of the count for a known reason.
    public func exempt(_ name: String, because reason: String) {
        tally.withLock { $0.exceptions.append("\(name): \(reason)") }
    }

    /// The disagreements so far.
    public var disagreements: [String] { tally.withLock { $0.disagreements } }

    /// Prints the tally and returns the disagreements, to be expected empty.
    public func report() -> [String] {
        tally.withLock { tally in
            print("\(title): agree \(tally.compared - tally.disagreements.count) of \(tally.compared)")
            for line in tally.disagreements { print("  \(line)") }
            for line in tally.exceptions { print("  left out: \(line)") }
            return tally.disagreements
        }
    }
}
