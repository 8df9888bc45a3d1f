/// Finds the word that somebody may have meant.
package enum Suggestion {
    /// Longer words than this are no misspelling of anything.
    private static let longestWord = 32

    /// The known word that a word most likely stands for: its synonym, the one nearest in spelling, or one
    /// that holds it; nil if there is none.
    package static func nearest(to word: String, among known: [String], synonyms: [String: String] = [:]) -> String? {
        guard !word.isEmpty, word.utf8.count <= longestWord else { return nil }
        if let synonym = synonyms[word.lowercased()] { return synonym }
        let letters = Array(word.lowercased().utf8)
        let ranked = known.map { (word: $0, distance: distance(letters, Array($0.utf8))) }
        guard let best = ranked.min(by: { $0.distance < $1.distance }) else { return nil }
        if best.distance <= max(1, best.word.utf8.count / 4) { return best.word }
        guard letters.count >= 3 else { return nil }
        return known.first { $0.utf8.starts(with: letters) } ?? known.first { holds($0, letters) }
    }

    private static func holds(_ word: String, _ letters: [UInt8]) -> Bool {
        word.utf8.indices.contains { word.utf8[$0...].starts(with: letters) }
    }

    /// How many letters must be inserted, removed or replaced, or neighbours swapped, to make `right` of
    /// `left` (the optimal string alignment distance).
    private static func distance(_ left: [UInt8], _ right: [UInt8]) -> Int {
        var beforeLast: [Int] = []
        var last = Array(0...right.count)
        for (row, letter) in left.enumerated() {
            var current = [row + 1]
            for (column, other) in right.enumerated() {
                var best = min(last[column] + (letter == other ? 0 : 1), last[column + 1] + 1, current[column] + 1)
                if row > 0, column > 0, letter == right[column - 1], left[row - 1] == other {
                    best = min(best, beforeLast[column - 1] + 1)
                }
                current.append(best)
            }
            (beforeLast, last) = (last, current)
        }
        return last[right.count]
    }
}
