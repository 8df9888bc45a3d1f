public import L2TPWire

/// What has been seen of a session in one direction.
public struct SessionFlow: Sendable {
    /// Which messages these are.
    public let key: FlowKey
    /// Data messages.
    public private(set) var messageCount = 0
    /// Their payloads in bytes, of messages whose payload's place is known or inferred.
    public private(set) var payloadByteCount = 0
    /// Messages too short for the header that they should have.
    public private(set) var malformedCount = 0
    /// Messages whose cookie is not the one that is expected.
    public private(set) var wrongCookieCount = 0
    /// Messages whose cookie differs from that of the message before, where none is known to be expected.
    public private(set) var cookieChangeCount = 0
    /// What is known about the session; nil if nothing is.
    public private(set) var known: KnownSession?
    /// What the messages themselves tell; used where nothing is known, else it has seen the first messages only.
    public internal(set) var inference = FormatInference()
    /// What the numbers of the messages tell, but for those whose cookie is not the one that is expected.
    public private(set) var sequence: SequenceTracker
    /// Whether frames stand where they should, by an earlier reading of the same messages; nil if it could not tell.
    var earlierVerdict: Bool?
    /// Whether a message had a frame where one should be, by what is known and no cookie confirms.
    private var hasFrame = false
    /// Whether ``contradiction`` was there after the last message.
    private var isContradicted = false
    /// The numbers of messages whose cookie nobody expects.
    private var numbers = RepeatedNumbers()
    /// The cookie of the last message.
    public private(set) var lastCookie: Cookie?
    /// How messages were read last, where that was inferred.
    private var inferredFormat: DataFormat?
    /// For which generation of ``KnownSessions`` ``known`` was looked up.
    private var generation = -1

    init(_ key: FlowKey) {
        self.key = key
        sequence = key.version == .v2 ? .bits16() : .bits24()
    }

    /// Counts a message of L2TPv2.
    mutating func add(_ message: borrowing DataMessageV2, isMalformed: Bool) {
        messageCount += 1
        payloadByteCount += message.payload.count
        if isMalformed { malformedCount += 1 }
        if let ns = message.ns { sequence.add(UInt32(ns.rawValue)) }
    }

    /// Reads and counts a message of L2TPv3.
    ///
    /// - Parameters:
    ///   - message: The message.
    ///   - isCut: Whether the capture has cut the end off.
    ///   - knownSessions: What is known about sessions.
    /// - Returns: How it was read.
    mutating func add(
        _ message: borrowing UndecodedDataMessage, isCut: Bool, _ knownSessions: borrowing KnownSessions
    ) -> DataReading {
        messageCount += 1
        if generation != knownSessions.generation {
            generation = knownSessions.generation
            let earlier = known
            known = knownSessions.session(of: key)
            // What was inferred of messages that were read otherwise does not speak against what is known now.
            if known != earlier {
                inference = FormatInference()
                isContradicted = false
                numbers = RepeatedNumbers()
                if earlier != nil {
                    hasFrame = false
                    earlierVerdict = nil
                }
            }
        }
        // Where the format is known, the first messages tell whether it fits.
        if known == nil || inference.messageCount < FormatInference.enough {
            inference.add(message.body, isCut: isCut)
            isContradicted = contradiction != nil
        }
        guard let (format, source) = format else {
            // Any byte may be one of a cookie, a sublayer or a frame.
            return DataReading(format: DataFormat(), source: .unknown, cookie: .unknown)
        }
        if source == .inferred { willRead(asInferred: format) }
        var reading = DataReading(
            format: format, source: source, cookie: .none, name: known?.name, pseudowireType: known?.pseudowireType)
        do throws(WireError) {
            let decoded = try message.decoded(as: format)
            payloadByteCount += decoded.payload.count
            reading.cookie = judge(decoded.cookie)
            // What the receiver drops is none of the session's, and what looks like its number may be no number.
            if case .differs = reading.cookie { return reading }
            if source != .inferred, reading.cookie != .matches {
                if let number = decoded.sequenceNumber { numbers.add(number) }
                if earlierVerdict == nil, !hasFrame, !isDoubted {
                    // Of a sublayer only the S bit and the number are not reserved (RFC 3931 §4.6).
                    let isSublayer =
                        format.sublayer == .none
                        || message.body.number32(at: format.cookieLength.byteCount) & 0xBF00_0000 == 0
                    hasFrame =
                        isSublayer
                        && FrameCertainty.isFrame(decoded.payload, of: known?.pseudowireType, isCut: isCut)
                }
                reading.mayHideCookie = !hasFrames && !message.body.isEmpty
            }
            // The receiver takes it for a number, whatever it is.
            if let number = decoded.sequenceNumber { sequence.add(number.rawValue) }
        } catch {
            if !isCut {
                malformedCount += 1
                reading.error = error
            }
        }
        return reading
    }

    private mutating func judge(_ cookie: Cookie?) -> CookieVerdict {
        guard let cookie else { return .none }
        defer { lastCookie = cookie }
        guard let expected = known?.cookie else {
            if let lastCookie, lastCookie != cookie { cookieChangeCount += 1 }
            return .unknown
        }
        guard cookie == expected else {
            wrongCookieCount += 1
            return .differs(expected: expected)
        }
        return .matches
    }

    /// Takes note of how the next message is read. What was read in a way that has turned out wrong counts for nothing.
    private mutating func willRead(asInferred format: DataFormat) {
        guard format != inferredFormat else { return }
        if inferredFormat != nil {
            sequence = .bits24()
            lastCookie = nil
            cookieChangeCount = 0
        }
        inferredFormat = format
    }

    /// Whether the messages together speak against what is known.
    private var isDoubted: Bool { isContradicted || numbers.areNone }

    /// Whether frames stand where they should, by what is known and no cookie confirms.
    private var hasFrames: Bool { earlierVerdict ?? (hasFrame && !isDoubted) }

    /// What the next reading of the same messages should begin with.
    var verdict: Bool? { hasFrames ? true : isDoubted ? false : nil }

    /// How the messages seem to be made, and how many of the first ones, where that contradicts what is known: read by what
    /// is known, they have frames at most by chance, and read like this almost all have; nil if nothing contradicts it.
    ///
    /// ``inference`` says how many messages have been looked at.
    public var contradiction: (format: DataFormat, plausibleCount: Int)? {
        known.flatMap { inference.contradiction(of: $0.format) }
    }

    /// How messages are read, and who says so; nil while nothing is known and nothing could be inferred.
    public var format: (DataFormat, FormatSource)? {
        // Part by part: a copy of the whole would count references to its name, for every message.
        if let format = known?.format, let source = known?.source {
            return (format, source == .configuration ? .configuration : .control)
        }
        return inference.result.map { ($0.format, .inferred) }
    }
}

/// Who says how the data messages of a session are to be read.
public enum FormatSource: String, Hashable, Sendable {
    /// A configuration.
    case configuration
    /// The control messages that set the session up.
    case control
    /// The messages themselves, by the plausibility of what they carry.
    case inferred
    /// Nobody: nothing is known, and no message so far has carried anything that could be recognized. The messages are
    /// not read beyond the session identifier, since what follows may be a cookie.
    case unknown
}
