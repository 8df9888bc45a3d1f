import L2TPWire

extension GoldenVector {
    /// Every vector.
    public static let all: [GoldenVector] = data + control

    /// The data messages.
    public static let data: [GoldenVector] = measured + constructed

    private static let measuredSource = "measured on Linux 6.1 and 6.12 (l2tp_eth, 60-byte frames)"

    /// The peer's session identifier in all measurements.
    private static let sessionID = SessionID(0x5566_7788)

    /// A frame of 60 bytes, an ARP request with padding. Only the L2TP headers were measured.
    private static let frame = """
        ffffffffffff 020000000001 0806 0001 0800 06 04 0001 020000000001 0a2a0101 000000000000 0a2a0102
        000000000000000000000000000000000000
        """

    /// The values are literals of this module, so a wrong one is ours.
    private static func header(
        _ encapsulation: Encapsulation, sessionID: SessionID, cookie: Cookie? = nil,
        sublayer: L2SpecificSublayer = .default, sequenceNumber: SequenceNumber? = nil
    ) -> DataHeader {
        do {
            return try DataHeader(
                encapsulation: encapsulation, sessionID: sessionID, cookie: cookie, sublayer: sublayer,
                sequenceNumber: sequenceNumber)
        } catch {
            preconditionFailure("golden vector: \(error)")
        }
    }

    private static let measured: [GoldenVector] = [
        GoldenVector(
            name: "udp-default", source: measuredSource, meaning: "no cookie, default sublayer, no sequence numbers",
            encapsulation: .udp, headerHexadecimal: "00030000 55667788 00000000", payloadHexadecimal: frame,
            header: header(.udp, sessionID: sessionID), isCanonical: true),
        GoldenVector(
            name: "udp-cookie8", source: measuredSource, meaning: "cookie of 8 bytes, default sublayer",
            encapsulation: .udp, headerHexadecimal: "00030000 55667788 01234567 89abcdef 00000000",
            payloadHexadecimal: frame,
            header: header(
                .udp, sessionID: sessionID, cookie: Cookie(0x0123_4567_89AB_CDEF as UInt64)),
            isCanonical: true),
        GoldenVector(
            name: "udp-cookie4-none", source: measuredSource, meaning: "cookie of 4 bytes, no sublayer",
            encapsulation: .udp, headerHexadecimal: "00030000 55667788 01234567", payloadHexadecimal: frame,
            header: header(
                .udp, sessionID: sessionID, cookie: Cookie(0x0123_4567 as UInt32), sublayer: .none),
            isCanonical: true),
        GoldenVector(
            name: "udp-sequence-0", source: measuredSource, meaning: "first message of a session that numbers them",
            encapsulation: .udp, headerHexadecimal: "00030000 55667788 40000000", payloadHexadecimal: frame,
            header: header(.udp, sessionID: sessionID, sequenceNumber: .first), isCanonical: true),
        GoldenVector(
            name: "udp-sequence-2", source: measuredSource, meaning: "third message of a session that numbers them",
            encapsulation: .udp, headerHexadecimal: "00030000 55667788 40000002", payloadHexadecimal: frame,
            header: header(
                .udp, sessionID: sessionID, sequenceNumber: SequenceNumber(truncating: 2)),
            isCanonical: true),
        GoldenVector(
            name: "ip-default", source: measuredSource, meaning: "over IP, no cookie, default sublayer",
            encapsulation: .ip, headerHexadecimal: "55667788 00000000", payloadHexadecimal: frame,
            header: header(.ip, sessionID: sessionID), isCanonical: true),
        GoldenVector(
            name: "ip-none", source: measuredSource, meaning: "over IP, no cookie, no sublayer",
            encapsulation: .ip, headerHexadecimal: "55667788", payloadHexadecimal: frame,
            header: header(.ip, sessionID: sessionID, sublayer: .none), isCanonical: true),
    ]

    private static let constructed: [GoldenVector] = [
        GoldenVector(
            name: "ip-cookie8-last-sequence", source: "RFC 3931 §4.1.1.1 and §4.6",
            meaning: "over IP, cookie of 8 bytes, the last number before they wrap around",
            encapsulation: .ip, headerHexadecimal: "00000001 fedcba98 76543210 40ffffff", payloadHexadecimal: "45",
            header: header(
                .ip, sessionID: SessionID(1), cookie: Cookie(0xFEDC_BA98_7654_3210 as UInt64),
                sequenceNumber: SequenceNumber(truncating: 0x00FF_FFFF)),
            isCanonical: true),
        GoldenVector(
            name: "udp-empty-payload", source: "RFC 3931 §4.1.2.1", meaning: "a header and nothing after it",
            encapsulation: .udp, headerHexadecimal: "00030000 ffffffff 00000000", payloadHexadecimal: "",
            header: header(.udp, sessionID: SessionID(.max)), isCanonical: true),
        GoldenVector(
            name: "udp-reserved-bits", source: "RFC 3931 §4.1.2.1 and §4.6",
            meaning: "every reserved bit set, to be ignored; S bit clear, so the number does not count",
            encapsulation: .udp, headerHexadecimal: "7ff3ffff 55667788 bfffffff", payloadHexadecimal: frame,
            header: header(.udp, sessionID: sessionID), isCanonical: false),
        GoldenVector(
            name: "ip-reserved-bits-sequence", source: "RFC 3931 §4.6",
            meaning: "every reserved bit of the sublayer set, to be ignored; S bit set",
            encapsulation: .ip, headerHexadecimal: "55667788 ff000001", payloadHexadecimal: frame,
            header: header(
                .ip, sessionID: sessionID, sequenceNumber: SequenceNumber(truncating: 1)),
            isCanonical: false),
    ]

    /// The control messages.
    public static let control: [GoldenVector] = [
        GoldenVector(
            name: "udp-hello", source: "RFC 3931 §3.2.1, §5.1 and §6.5",
            meaning: "HELLO on control connection 0x11223344, Ns 2, Nr 1",
            encapsulation: .udp, headerHexadecimal: "c8030014 11223344 00020001 80080000 00000006",
            payloadHexadecimal: "", header: nil, isCanonical: true),
        GoldenVector(
            name: "ip-hello", source: "RFC 3931 §4.1.1.2, §5.1 and §6.5",
            meaning: "the same over IP, after a session identifier of zero",
            encapsulation: .ip, headerHexadecimal: "00000000 c8030014 11223344 00020001 80080000 00000006",
            payloadHexadecimal: "", header: nil, isCanonical: true),
        GoldenVector(
            name: "udp-l2tpv2-zlb", source: "RFC 2661 §3.1 and §5.8",
            meaning: "the header alone, of L2TPv2, which shares UDP port 1701: tunnel 0x1122, Ns 1, Nr 1",
            encapsulation: .udp, headerHexadecimal: "c802000c 11220000 00010001",
            payloadHexadecimal: "", header: nil, isCanonical: true),
    ]
}
