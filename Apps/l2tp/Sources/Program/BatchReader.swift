/// Splits a file of commands into words as ip does: `#` begins a comment, a backslash at the end continues
/// the line, and a word that begins with a quote ends with the next one. Other than in ip a `#` inside
/// quotes is part of the word.
struct BatchReader {
    /// A command of the file.
    struct Entry: Hashable {
        /// The number of the line on which it begins, from 1.
        var line: Int
        var content: Content
    }

    enum Content: Hashable {
        case words([String])
        /// The lines cannot be split into words.
        case broken(String)
    }

    private let nextLine: () -> String?
    private var lineNumber = 0

    /// A reader that gets lines, each with its end, by calling `nextLine` until it returns nil.
    init(_ nextLine: @escaping () -> String?) {
        self.nextLine = nextLine
    }

    /// The next command; nil at the end. Lines without words are skipped.
    mutating func next() -> Entry? {
        while let line = readLine() {
            let start = lineNumber
            var text = line.text
            var isContinued = line.isContinued
            while isContinued {
                guard let more = readLine() else {
                    return Entry(line: start, content: .broken("the line after the last \\ is missing"))
                }
                text += more.text
                isContinued = more.isContinued
            }
            guard let words = Self.words(of: text) else {
                return Entry(line: start, content: .broken("a quoted word has no end"))
            }
            if !words.isEmpty { return Entry(line: start, content: .words(words)) }
        }
        return nil
    }

    /// A line without its comment, its end and the backslash that continues it.
    private mutating func readLine() -> (text: [UInt8], isContinued: Bool)? {
        guard let line = nextLine() else { return nil }
        lineNumber += 1
        var text = Self.withoutComment(Array(line.utf8))
        let end = text.lastIndex { $0 != UInt8(ascii: "\n") && $0 != UInt8(ascii: "\r") }
        let isContinued = end.map { $0 < text.count - 1 && text[$0] == UInt8(ascii: "\\") } ?? false
        if let end, isContinued { text.removeSubrange(end...) }
        return (text, isContinued)
    }

    private static func withoutComment(_ text: [UInt8]) -> [UInt8] {
        var quote: UInt8?
        var isInWord = false
        for (index, byte) in text.enumerated() {
            if let open = quote {
                if byte == open { quote = nil }
            } else if byte == UInt8(ascii: "#") {
                return Array(text[..<index])
            } else if !isInWord, isQuote(byte) {
                quote = byte
            } else {
                isInWord = !isBlank(byte)
            }
        }
        return text
    }

    /// The words of a text; nil if a quote has no end.
    private static func words(of text: [UInt8]) -> [String]? {
        var words: [String] = []
        var rest = text[...]
        while true {
            rest = rest.drop(while: isBlank)
            guard let first = rest.first else { return words }
            let word: ArraySlice<UInt8>
            if isQuote(first) {
                rest.removeFirst()
                guard let end = rest.firstIndex(of: first) else { return nil }
                word = rest[..<end]
                rest = rest[(end + 1)...]
            } else {
                word = rest.prefix { !isBlank($0) }
                rest = rest[word.endIndex...]
            }
            words.append(String(decoding: word, as: UTF8.self))
        }
    }

    private static func isQuote(_ byte: UInt8) -> Bool {
        byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "'")
    }

    private static func isBlank(_ byte: UInt8) -> Bool {
        byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t") || byte == UInt8(ascii: "\r")
            || byte == UInt8(ascii: "\n")
    }
}
