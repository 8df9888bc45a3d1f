internal import CLibmnl

/// An option of a PPPoL2TP socket, at level `SOL_PPPOL2TP`; each is an `int`.
public struct PPPoL2TPOption: RawRepresentable, Hashable, Sendable {
    /// The number of `setsockopt`.
    public var rawValue: Int32

    /// Wraps a number.
    public init(rawValue: Int32) {
        self.rawValue = rawValue
    }

    /// What the kernel logs, which Linux has not minded since 5.10 (`PPPOL2TP_SO_DEBUG`).
    public static let debug = Self(rawValue: Int32(PPPOL2TP_SO_DEBUG))
    /// Whether what arrives without a sequence number is dropped, 0 or 1 (`PPPOL2TP_SO_RECVSEQ`).
    public static let receiveSequence = Self(rawValue: Int32(PPPOL2TP_SO_RECVSEQ))
    /// Whether what is sent is numbered, 0 or 1 (`PPPOL2TP_SO_SENDSEQ`).
    public static let sendSequence = Self(rawValue: Int32(PPPOL2TP_SO_SENDSEQ))
    /// Whether we alone decide on sequence numbers, 0 or 1 (`PPPOL2TP_SO_LNSMODE`).
    public static let lnsMode = Self(rawValue: Int32(PPPOL2TP_SO_LNSMODE))
    /// How long a gap in the sequence is waited for, in milliseconds (`PPPOL2TP_SO_REORDERTO`).
    public static let reorderTimeout = Self(rawValue: Int32(PPPOL2TP_SO_REORDERTO))
}
