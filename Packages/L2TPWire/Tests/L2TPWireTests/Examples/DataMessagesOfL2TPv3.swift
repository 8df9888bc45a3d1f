import L2TPWire

/// Counts what is lost of a session's data messages over IP.
struct LossCounter {
    let format: DataFormat
    let expectedCookie: Cookie?
    private(set) var lost = 0
    private var next: SequenceNumber?

    /// A counter for a session.
    ///
    /// - Parameters:
    ///   - format: Cookie length and sublayer of what we receive, which no message tells.
    ///   - expectedCookie: The cookie that we have assigned to the session.
    init(format: DataFormat, expectedCookie: Cookie?) {
        self.format = format
        self.expectedCookie = expectedCookie
    }

    /// Takes a message of the session into account.
    ///
    /// - Parameter packet: The payload of an IP packet of protocol 115.
    /// - Returns: Whether the message bears the cookie that we expect.
    /// - Throws: `WireError`, which says what is wrong at which byte.
    mutating func count(_ packet: [UInt8]) throws -> Bool {
        let message = try DataMessage(parsing: packet.span, encapsulation: .ip, format: format)
        guard message.cookie == expectedCookie else { return false }
        guard let number = message.sequenceNumber else { return true }
        if let next {
            // Numbers wrap around after 24 bits, so how far one is ahead is not their difference.
            guard number == next || number.isAfter(next) else { return true }
            lost += number.distance(from: next)
        }
        next = number.successor
        return true
    }
}
