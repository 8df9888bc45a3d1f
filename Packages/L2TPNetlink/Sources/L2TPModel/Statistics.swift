/// The counters of a tunnel or a session since its creation (`L2TP_ATTR_STATS`).
///
/// Bytes count the inner frame and the L2TP header (session identifier, cookie, sublayer and, over UDP,
/// the four bytes of flags and version), without UDP and IP.
public struct Statistics: Hashable, Sendable {
    /// Packets sent (`L2TP_ATTR_TX_PACKETS`).
    public var transmitPackets: UInt64
    /// Bytes sent (`L2TP_ATTR_TX_BYTES`).
    public var transmitBytes: UInt64
    /// Packets that could not be sent (`L2TP_ATTR_TX_ERRORS`).
    public var transmitErrors: UInt64
    /// Packets received (`L2TP_ATTR_RX_PACKETS`).
    public var receivePackets: UInt64
    /// Bytes received (`L2TP_ATTR_RX_BYTES`).
    public var receiveBytes: UInt64
    /// Packets dropped on receipt, for whatever reason (`L2TP_ATTR_RX_ERRORS`).
    public var receiveErrors: UInt64
    /// Packets dropped for their sequence number or for lacking one (`L2TP_ATTR_RX_SEQ_DISCARDS`). The
    /// kernel counts sessions only: a tunnel's is always 0.
    public var receiveSequenceDiscards: UInt64
    /// Packets put back into order (`L2TP_ATTR_RX_OOS_PACKETS`). Sessions only.
    public var receiveOutOfSequencePackets: UInt64
    /// Packets dropped for another cookie than the expected one (`L2TP_ATTR_RX_COOKIE_DISCARDS`, Linux
    /// 5.10 and later); nil where the kernel lacks it. Sessions only.
    public var receiveCookieDiscards: UInt64?
    /// Packets dropped as malformed or of another version (`L2TP_ATTR_RX_INVALID`, Linux 5.13 and
    /// later); nil where the kernel lacks it. Tunnels only: a session's is always 0.
    public var receiveInvalidPackets: UInt64?

    /// Counters from their values.
    public init(
        transmitPackets: UInt64 = 0,
        transmitBytes: UInt64 = 0,
        transmitErrors: UInt64 = 0,
        receivePackets: UInt64 = 0,
        receiveBytes: UInt64 = 0,
        receiveErrors: UInt64 = 0,
        receiveSequenceDiscards: UInt64 = 0,
        receiveOutOfSequencePackets: UInt64 = 0,
        receiveCookieDiscards: UInt64? = nil,
        receiveInvalidPackets: UInt64? = nil
    ) {
        self.transmitPackets = transmitPackets
        self.transmitBytes = transmitBytes
        self.transmitErrors = transmitErrors
        self.receivePackets = receivePackets
        self.receiveBytes = receiveBytes
        self.receiveErrors = receiveErrors
        self.receiveSequenceDiscards = receiveSequenceDiscards
        self.receiveOutOfSequencePackets = receiveOutOfSequencePackets
        self.receiveCookieDiscards = receiveCookieDiscards
        self.receiveInvalidPackets = receiveInvalidPackets
    }
}
