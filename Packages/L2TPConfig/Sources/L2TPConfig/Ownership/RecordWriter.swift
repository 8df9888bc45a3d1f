internal import L2TPModel
internal import L2TPWire

/// Writes the lines of a record; see ``Ownership/recorded()``.
struct RecordWriter {
    private var bytes: [UInt8] = []
    private var lineCount: UInt64 = 0

    init(expecting byteCount: Int) {
        bytes.reserveCapacity(byteCount)
    }

    /// Begins a line.
    mutating func begin(_ keyword: String) {
        if lineCount > 0 { bytes.append(UInt8(ascii: "\n")) }
        lineCount += 1
        bytes.append(contentsOf: keyword.utf8)
    }

    /// Ends the record.
    consuming func finish() -> String {
        let count = lineCount
        begin("end")
        field(count)
        bytes.append(UInt8(ascii: "\n"))
        return String(decoding: bytes, as: UTF8.self)
    }

    /// A decimal number.
    mutating func field(_ number: some FixedWidthInteger & UnsignedInteger) {
        bytes.append(UInt8(ascii: " "))
        let start = bytes.count
        var rest = number
        repeat {
            let (quotient, remainder) = rest.quotientAndRemainder(dividingBy: 10)
            bytes.append(UInt8(ascii: "0") + UInt8(truncatingIfNeeded: remainder))
            rest = quotient
        } while rest != 0
        bytes[start...].reverse()
    }

    /// A decimal number, or that there is none.
    mutating func field(_ number: (some FixedWidthInteger & UnsignedInteger)?) {
        if let number { field(number) } else { absent() }
    }

    /// Flags as a number, the first one lowest.
    mutating func field(_ flags: Bool...) {
        var number: UInt8 = 0
        for flag in flags.reversed() { number = number << 1 | (flag ? 1 : 0) }
        field(number)
    }

    /// A text, or that there is none.
    mutating func field(_ text: String?) {
        guard let text else { return absent() }
        bytes.append(UInt8(ascii: " "))
        if text.isEmpty { return bytes.append(UInt8(ascii: "%")) }
        let isLoneHyphen = text == "-"
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "%"): escape(byte)
            case UInt8(ascii: "-") where isLoneHyphen: escape(byte)
            case UInt8(ascii: "!")...UInt8(ascii: "~"): bytes.append(byte)
            default: escape(byte)
            }
        }
    }

    /// An address as 8 or 32 hexadecimal digits.
    mutating func field(_ address: IPAddress) {
        bytes.append(UInt8(ascii: " "))
        switch address {
        case .v4(let address): hexadecimal(UInt64(address.number), digitCount: 8)
        case .v6(let address):
            hexadecimal(address.high, digitCount: 16)
            hexadecimal(address.low, digitCount: 16)
        }
    }

    /// An address, or that there is none.
    mutating func field(_ address: IPAddress?) {
        if let address { field(address) } else { absent() }
    }

    /// A digest as two fields of 16 hexadecimal digits.
    mutating func field(_ digest: ConfigurationDigest) {
        for half in [digest.high, digest.low] {
            bytes.append(UInt8(ascii: " "))
            hexadecimal(half, digitCount: 16)
        }
    }

    /// A cookie as two hexadecimal digits a byte, or that there is none.
    mutating func field(_ cookie: Cookie?) {
        guard let cookie else { return absent() }
        bytes.append(UInt8(ascii: " "))
        for offset in 0..<cookie.byteCount { hexadecimal(UInt64(cookie[offset]), digitCount: 2) }
    }

    private mutating func absent() {
        bytes.append(UInt8(ascii: " "))
        bytes.append(UInt8(ascii: "-"))
    }

    private mutating func escape(_ byte: UInt8) {
        bytes.append(UInt8(ascii: "%"))
        hexadecimal(UInt64(byte), digitCount: 2)
    }

    private mutating func hexadecimal(_ number: UInt64, digitCount: Int) {
        for shift in stride(from: 4 * (digitCount - 1), through: 0, by: -4) {
            let digit = UInt8(truncatingIfNeeded: number >> UInt64(shift) & 0xf)
            bytes.append(digit < 10 ? UInt8(ascii: "0") + digit : UInt8(ascii: "a") - 10 + digit)
        }
    }
}
