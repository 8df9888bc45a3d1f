/// Reads packets from hexadecimal text: plain digits, or a dump with offsets.
///
/// Plain digits are pairs, with blanks and colons between them at will, `0x` before them if need be. A dump is
/// recognised by its first line, which begins with the offset 0; there, an offset 0 begins a packet, and the characters after
/// the bytes are passed over. So are lines without an offset, as tcpdump prints them before each packet, but for two: `*`
/// stands for lines like the one before it, up to the offset that follows; and what tshark has made of a packet and prints behind
/// `Frame (344 bytes):`, such as `Reassembled IPv4 (1462 bytes):`, is passed over up to a blank line. Blank lines and lines after `#` say nothing else.
public struct HexReader: PacketSource, ~Copyable {
    /// What lines of plain digits are to each other.
    public enum Lines: Sendable, CaseIterable {
        /// Each is a packet.
        case packetEach
        /// All together are one packet.
        case onePacket
    }

    /// The most bytes of a line.
    private static let longestLine = 1 << 20

    private let linkType: LinkType
    private var input: InputBuffer
    private var parser: HexParser
    private var lineNumber = 0
    private var isDelivered = false
    private var hasEnded = false
    private var packetCount = 0

    /// Reads packets from a text.
    ///
    /// - Parameters:
    ///   - source: The text.
    ///   - linkType: What the packets begin with, which the text does not tell.
    ///   - lines: What lines of plain digits are to each other.
    public init(_ source: consuming some ByteSource & ~Copyable, linkType: LinkType, lines: Lines = .packetEach) {
        input = InputBuffer(consume source)
        self.linkType = linkType
        parser = HexParser(lines: lines)
    }

    /// The next packet, borrowed until the next call; nil at the end, and after an error.
    ///
    /// - Throws: ``HexError``, after every packet before it has been delivered.
    @_lifetime(&self)
    public mutating func next() throws(HexError) -> CapturedPacket? {
        let isThere: Bool
        do throws(HexError) {
            isThere = try hasEnded ? false : readPacket()
        } catch {
            hasEnded = true
            throw error
        }
        guard isThere else {
            hasEnded = true
            return nil
        }
        isDelivered = true
        packetCount += 1
        return CapturedPacket(number: packetCount, timestamp: nil, linkType: linkType, bytes: parser.packet.span)
    }

    /// Collects a packet's bytes; returns whether there is one.
    private mutating func readPacket() throws(HexError) -> Bool {
        if isDelivered { parser.forgetPacket() }
        isDelivered = false
        while let byteCount = try lineByteCount() {
            let outcome = try parser.readLine(lineNumber + 1, of: input, byteCount: byteCount)
            if outcome != .beginsNextPacket {
                // The last line may lack its end.
                input.drop(min(byteCount + 1, input.count))
                lineNumber += 1
            }
            if outcome != .goesOn { return true }
        }
        return try parser.finish()
    }

    /// How many bytes the next line has without its end; nil at the end of the text.
    private mutating func lineByteCount() throws(HexError) -> Int? {
        var scanned = 0
        while true {
            while scanned < input.count {
                if input.bytes[scanned] == UInt8(ascii: "\n") { return scanned }
                scanned += 1
            }
            guard scanned < Self.longestLine else {
                throw HexError(
                    .tooLong, line: lineNumber + 1, column: scanned + 1, "a line has at most \(Self.longestLine) bytes")
            }
            let isMore: Bool
            do throws(CaptureError) {
                isMore = try input.fill(to: scanned + 1)
            } catch {
                throw HexError(
                    .unreadable, line: lineNumber + 1, column: scanned + 1, error.detail ?? error.code.description)
            }
            if !isMore { return scanned == 0 ? nil : scanned }
        }
    }
}
