/// Words that could have been meant, ready to be compared with a misspelt one.
struct WordList {
    private struct Word {
        let text: String
        let letters: [UInt8]
        /// A bit for each letter the word has.
        let bits: UInt64

        init(_ text: String) {
            self.text = text
            letters = Array(text.lowercased().utf8)
            bits = letters.reduce(0) { $0 | 1 &<< UInt64($1) }
        }
    }

    private let byLength: [Int: [Word]]

    init(_ words: some Sequence<String>) {
        let words = words.sorted().map(Word.init)
        byLength = Dictionary(grouping: words, by: \.letters.count)
    }

    /// `, did you mean 'x'?`, or nothing where no word is near.
    func suggestion(for word: String) -> String {
        nearest(to: word).map { ", did you mean '\($0)'?" } ?? ""
    }

    /// The nearest word, within one edit in three letters and at most two; of equals the first of the shortest.
    func nearest(to word: String) -> String? {
        let word = Word(word)
        let count = word.letters.count
        let limit = min(2, count / 3 + 1)
        var best: (distance: Int, text: String)?
        for length in (count - limit)...(count + limit) {
            // An edit changes at most two bits, so most words are ruled out without a closer look.
            for candidate in byLength[length] ?? []
            where (candidate.bits ^ word.bits).nonzeroBitCount <= 2 * limit {
                let distance = Self.distance(word.letters, candidate.letters)
                if distance <= limit, distance < best?.distance ?? .max { best = (distance, candidate.text) }
            }
        }
        return best?.text
    }

    /// How many letters must be inserted, removed, replaced or swapped with their neighbour.
    private static func distance(_ a: [UInt8], _ b: [UInt8]) -> Int {
        var beforeLast: [Int] = []
        var last = Array(0...b.count)
        for (i, letter) in a.enumerated() {
            var row = [i + 1]
            for (j, other) in b.enumerated() {
                var cost = min(last[j] + (letter == other ? 0 : 1), last[j + 1] + 1, row[j] + 1)
                if i > 0, j > 0, letter == b[j - 1], other == a[i - 1] { cost = min(cost, beforeLast[j - 1] + 1) }
                row.append(cost)
            }
            beforeLast = last
            last = row
        }
        return last[b.count]
    }
}
