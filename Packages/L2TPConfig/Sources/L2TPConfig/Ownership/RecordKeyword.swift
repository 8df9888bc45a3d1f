/// What a line of a record begins with: up to eight ASCII letters, the last of them lowest.
struct RecordKeyword: Equatable {
    private var number: UInt64

    /// No letters yet.
    init() {
        number = 0
    }

    private init(_ word: StaticString) {
        self.init()
        for byte in word.description.utf8 { _ = append(byte) }
    }

    /// Appends a letter; false if there are eight.
    mutating func append(_ byte: UInt8) -> Bool {
        guard number >> 56 == 0 else { return false }
        number = number << 8 | UInt64(byte)
        return true
    }

    /// The first line, with the version.
    static let record = Self("l2tprec")
    /// The second line, with the digest of the configuration's text, if that is known.
    static let source = Self("source")
    /// A tunnel: identifier and name.
    static let tunnel = Self("tunnel")
    /// A session: identifiers, name, master, network namespace.
    static let session = Self("session")
    /// What the object above may have been created from.
    static let specification = Self("from")
    /// An address of the session above.
    static let address = Self("address")
    /// How the interface of the session above is configured.
    static let setup = Self("setup")
    /// An address that it is configured to have, if those are not the ones it was given.
    static let setupAddress = Self("setaddr")
    /// A former master of the session above.
    static let master = Self("master")
    /// A former network namespace of the session above.
    static let namespace = Self("netns")
    /// What is kept of the interface of the session above.
    static let kept = Self("kept")
    /// An address that is kept.
    static let keptAddress = Self("keptaddr")
    /// The last line, with the number of lines before it.
    static let end = Self("end")
}
