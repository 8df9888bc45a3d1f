public import L2TPWire

/// Finds out how a session's data messages are to be read, from the messages alone.
///
/// Neither the cookie nor the L2-specific sublayer is announced on the wire. But what comes behind them is a frame,
/// and a frame at the wrong place looks like none; and the last word before it is either a sublayer, whose S bit and
/// numbers have a form, or part of a cookie, which never changes.
public struct FormatInference: Sendable {
    /// Messages after which the place of the frame is not doubted any more.
    static let enough = 64

    /// The least score, on average, of frames that contradict what is said of a session.
    private static let clear = FramePlausibility.certain - 1

    /// How many messages have been looked at.
    public private(set) var messageCount = 0
    /// What is known of a frame that begins 0, 4, 8 or 12 bytes behind the session identifier.
    private var candidates: (Candidate, Candidate, Candidate, Candidate) = (.init(), .init(), .init(), .init())
    /// The candidate that is not doubted any more.
    private var place: Int?
    /// The format that was found out in an earlier reading of the same messages.
    private var conclusion: DataFormat?

    /// One place where frames may begin.
    private struct Candidate: Sendable {
        var score = 0
        var plausibleCount = 0
        /// Whether every word before the frame could be a sublayer.
        var allSublayers = true
        /// Whether a number has changed from one message to the next.
        var numbersChange = false
        /// Whether every sublayer so far has had its S bit set.
        var allNumbered = true
        var lastWord: UInt32?
        /// Whether what looks like a number is none: numbers count up, but of few messages they may be the same, where a
        /// capture has them more than once.
        var neverCounts: Bool { allNumbered && !numbersChange && plausibleCount > 2 }
    }

    /// An inference that has seen nothing.
    public init() {}

    /// Looks at a message.
    ///
    /// - Parameters:
    ///   - body: What follows the session identifier.
    ///   - isCut: Whether the capture has cut the end off.
    public mutating func add(_ body: Span<UInt8>, isCut: Bool) {
        messageCount += 1
        if let place {
            update(place, body, isCut)
            return
        }
        for index in 0..<4 { update(index, body, isCut) }
        if messageCount >= Self.enough, let best = bestIndex { place = best }
    }

    private mutating func update(_ index: Int, _ body: Span<UInt8>, _ isCut: Bool) {
        let length = 4 * index
        guard body.count > length else { return }
        let frame = body.extracting(droppingFirst: length)
        let score = max(FramePlausibility.ofEthernet(frame, isCut: isCut), FramePlausibility.ofPPP(frame))
        guard score > 0 else { return }
        let word = length == 0 ? 0 : body.number32(at: length - 4)
        switch index {
        case 0: Self.update(&candidates.0, score, word)
        case 1: Self.update(&candidates.1, score, word)
        case 2: Self.update(&candidates.2, score, word)
        default: Self.update(&candidates.3, score, word)
        }
    }

    private static func update(_ candidate: inout Candidate, _ score: Int, _ word: UInt32) {
        candidate.score += score
        candidate.plausibleCount += 1
        // Reserved bits are zero, and a message that is not numbered has no number (RFC 3931 §4.6).
        let isNumbered = word & 0x4000_0000 != 0
        if !(word == 0 || word & 0xFF00_0000 == 0x4000_0000) { candidate.allSublayers = false }
        if !isNumbered { candidate.allNumbered = false }
        if let last = candidate.lastWord, last != word { candidate.numbersChange = true }
        candidate.lastWord = word
    }

    private func candidate(_ index: Int) -> Candidate {
        switch index {
        case 0: candidates.0
        case 1: candidates.1
        case 2: candidates.2
        default: candidates.3
        }
    }

    private var bestIndex: Int? {
        var best: Int?
        for index in 0..<4 where candidate(index).score > (best.map { candidate($0).score } ?? 0) { best = index }
        return best
    }

    /// The same inference, which counts anew, but does not change what it has found out.
    var settled: FormatInference {
        var inference = FormatInference()
        guard let result else { return inference }
        inference.conclusion = result.format
        inference.place = place ?? bestIndex
        return inference
    }

    /// Whether frames are found, almost everywhere and beyond doubt, where a format has none, or only such as chance makes.
    ///
    /// - Parameter format: How the messages are said to be read.
    /// - Returns: The format that makes frames plausible, and of how many messages; nil if nothing speaks against the given
    ///   one.
    func contradiction(of format: DataFormat) -> (format: DataFormat, plausibleCount: Int)? {
        let given = candidate((format.cookieLength.byteCount + format.sublayer.byteCount) / 4)
        guard given.score <= given.plausibleCount * (Self.clear - 1), let result else { return nil }
        let best = candidate(place ?? bestIndex ?? 0)
        // Nine of ten, and with frames whose fields agree: what is only not impossible may be chance.
        guard best.plausibleCount * 10 >= messageCount * 9, best.score >= best.plausibleCount * Self.clear else {
            return nil
        }
        return result
    }

    /// What has been found out: the format, and how many of the messages have a plausible frame behind such a header;
    /// nil as long as there has been no plausible frame anywhere.
    public var result: (format: DataFormat, plausibleCount: Int)? {
        guard let index = place ?? bestIndex else { return nil }
        let candidate = candidate(index)
        if let conclusion { return (conclusion, candidate.plausibleCount) }
        let isSublayer = candidate.allSublayers && !candidate.neverCounts
        let format =
            switch index {
            case 0: DataFormat(cookieLength: .none, sublayer: .none)
            case 1: isSublayer ? DataFormat(sublayer: .default) : DataFormat(cookieLength: .four, sublayer: .none)
            case 2:
                isSublayer
                    ? DataFormat(cookieLength: .four, sublayer: .default)
                    : DataFormat(cookieLength: .eight, sublayer: .none)
            default: DataFormat(cookieLength: .eight, sublayer: .default)
            }
        return (format, candidate.plausibleCount)
    }
}
