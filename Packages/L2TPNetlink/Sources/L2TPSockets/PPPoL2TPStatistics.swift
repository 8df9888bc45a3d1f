public import L2TPModel

/// The counters of a PPP session, or of a whole tunnel. The C structure is `pppol2tp_ioc_stats`.
public struct PPPoL2TPStatistics: Hashable, Sendable {
    /// The length of the C structure in bytes.
    public static let encodedByteCount = 72

    /// The lower 16 bits of our identifier of the tunnel (`tunnel_id`).
    public var tunnelID: UInt16
    /// The lower 16 bits of our identifier of the session (`session_id`); 0 for the tunnel's counters.
    public var sessionID: UInt16
    /// Whether the tunnel's socket has an IPsec policy of its own (`using_ipsec`).
    public var usesIPsec: Bool
    /// The counters. The kernel does not tell those of wrong cookies and invalid packets here: they are nil.
    public var counters: Statistics

    /// Counters from their parts.
    public init(tunnelID: UInt16, sessionID: UInt16, usesIPsec: Bool = false, counters: Statistics) {
        self.tunnelID = tunnelID
        self.sessionID = sessionID
        self.usesIPsec = usesIPsec
        self.counters = counters
    }

    /// The counters in the bytes of the C structure; nil if there are too few.
    public init?(bytes: [UInt8]) {
        guard bytes.count >= Self.encodedByteCount, let tunnelID: UInt16 = bytes.host(at: 0),
            let sessionID: UInt16 = bytes.host(at: 2), let flags: UInt32 = bytes.host(at: 4)
        else { return nil }
        let numbers = (0..<8).compactMap { index -> UInt64? in bytes.host(at: 8 + 8 * index) }
        guard numbers.count == 8 else { return nil }
        #if _endian(little)
            let ipsec: UInt32 = 1
        #else
            let ipsec: UInt32 = 1 << 31
        #endif
        self.init(
            tunnelID: tunnelID, sessionID: sessionID, usesIPsec: flags & ipsec != 0,
            counters: Statistics(
                transmitPackets: numbers[0], transmitBytes: numbers[1], transmitErrors: numbers[2],
                receivePackets: numbers[3], receiveBytes: numbers[4], receiveErrors: numbers[7],
                receiveSequenceDiscards: numbers[5], receiveOutOfSequencePackets: numbers[6]))
    }

    /// The bytes that ask for the counters of a session, or of the tunnel with 0.
    static func request(session: UInt16) -> [UInt8] {
        var bytes: [UInt8] = []
        bytes.append(host: UInt16(0))
        bytes.append(host: session)
        return bytes + [UInt8](repeating: 0, count: encodedByteCount - bytes.count)
    }
}
