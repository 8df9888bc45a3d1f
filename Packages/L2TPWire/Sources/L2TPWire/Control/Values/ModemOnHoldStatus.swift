/// Whether a client's modem has put the call on hold (RFC 3573 §4.2, Modem On-Hold Status).
public struct ModemOnHoldStatus: AVPValue {
    /// The H bit: the modem is on hold.
    public let isOnHold: Bool
    /// How long the call may stay on hold, 0…15 as V.92 numbers it; counts only on hold.
    public let timeout: UInt8

    /// A status; nil for a timeout of more than four bits.
    public init?(isOnHold: Bool, timeout: UInt8) {
        guard timeout <= 0x0F else { return nil }
        self.isOnHold = isOnHold
        self.timeout = timeout
    }

    /// Reads a status; the bits between its parts are reserved and ignored.
    public init(parsing value: Span<UInt8>) throws(WireError) {
        try value.checkByteCount(2)
        isOnHold = value[0] & 0x80 != 0
        timeout = value[1] & 0x0F
    }

    /// Length on the wire in bytes: 2.
    public var encodedByteCount: Int { 2 }

    /// Appends the bit and the timeout.
    public func serialize(into output: inout OutputSpan<UInt8>) {
        output.append(isOnHold ? 0x80 : 0)
        output.append(timeout)
    }

    /// The bit and the timeout.
    public var fields: [AVPField] {
        [
            AVPField("H", byteCount: 1, .flag(isOnHold)),
            AVPField("Timeout", at: 1, byteCount: 1, .number(UInt64(timeout), name: timeoutName)),
        ]
    }

    /// What the timeout says; nil for numbers that V.92 reserves.
    public var timeoutName: String? {
        let names = [
            "10 seconds", "20 seconds", "30 seconds", "40 seconds", "1 minute", "2 minutes", "3 minutes", "4 minutes",
            "6 minutes", "8 minutes", "12 minutes", "16 minutes", "no limit",
        ]
        return (1...names.count).contains(Int(timeout)) ? names[Int(timeout) - 1] : nil
    }
}
