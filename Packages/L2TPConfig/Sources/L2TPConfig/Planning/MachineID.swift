/// The identity of an installation: the 128 bits of `/etc/machine-id` (machine-id(5)). It is confidential.
public struct MachineID: Hashable, Sendable {
    /// The first eight bytes, the first most significant.
    public var high: UInt64
    /// The last eight bytes.
    public var low: UInt64

    /// An identity from its halves.
    public init(high: UInt64, low: UInt64) {
        self.high = high
        self.low = low
    }

    /// An identity from the file's text: 32 hexadecimal digits and at most a newline; nil for anything else, as for
    /// `uninitialized`.
    public init?(_ text: some StringProtocol) {
        let digits = text.hasSuffix("\n") ? text.dropLast() : text[...]
        guard digits.utf8.count == 32, digits.allSatisfy({ $0.isASCII && $0.isHexDigit }),
            let high = UInt64(digits.prefix(16), radix: 16), let low = UInt64(digits.dropFirst(16), radix: 16)
        else { return nil }
        self.init(high: high, low: low)
    }
}
