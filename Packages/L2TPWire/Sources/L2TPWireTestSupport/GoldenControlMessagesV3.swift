import L2TPWire

extension GoldenControlMessage {
    /// A message of every type of RFC 3931, over UDP.
    static let v3: [GoldenControlMessage] = [
        GoldenControlMessage(
            "v3-sccrq", "RFC 3931 §3.2.1 and §6.1", .udp, .v3,
            tunnelID: TunnelID(0x0), ns: ControlSequenceNumber(0), nr: ControlSequenceNumber(0),
            type: .startControlConnectionRequest,
            header: "c803 008f 00000000 0000 0000",
            avps: [
                GoldenAVP("8008 0000 0000 0001", .messageType, .startControlConnectionRequest),
                GoldenAVP(
                    "8017 0000 003b 00111111 11111111 11111111 11111111 11", .messageDigest,
                    MessageDigest(.hmacMD5, digest: Array(repeating: 0x11, count: 16))),
                GoldenAVP("8011 0000 0007 6c61632e 6578616d 706c65", .hostName, "lac.example"),
                GoldenAVP("800a 0000 003c 0a000001", .routerID, 0x0A00_0001),
                GoldenAVP("800a 0000 003d 11223344", .assignedControlConnectionID, TunnelID(0x1122_3344)),
                GoldenAVP("800a 0000 003e 00040005", .pseudowireCapabilitiesList, [.ethernetVLAN, .ethernet]),
                GoldenAVP("800a 0000 0049 b0b1b2b3", .controlMessageAuthenticationNonce, [0xB0, 0xB1, 0xB2, 0xB3]),
                GoldenAVP("800e 0000 0005 01234567 89abcdef", .tieBreaker, 0x0123_4567_89AB_CDEF),
                GoldenAVP("000d 0000 0008 746f6f6c 6b6974", .vendorName, "toolkit"),
                GoldenAVP("8008 0000 000a 0008", .receiveWindowSize, 8),
                GoldenAVP("0008 0000 0048 656e", .preferredLanguage, "en"),
            ]),
        GoldenControlMessage(
            "v3-sccrp", "RFC 3931 §3.2.1 and §6.2", .udp, .v3,
            tunnelID: TunnelID(0x11223344), ns: ControlSequenceNumber(0), nr: ControlSequenceNumber(1),
            type: .startControlConnectionReply,
            header: "c803 004d 11223344 0000 0001",
            avps: [
                GoldenAVP("8008 0000 0000 0002", .messageType, .startControlConnectionReply),
                GoldenAVP("8011 0000 0007 6c61632e 6578616d 706c65", .hostName, "lac.example"),
                GoldenAVP("800a 0000 003c 0a000001", .routerID, 0x0A00_0001),
                GoldenAVP("800a 0000 003d 11223344", .assignedControlConnectionID, TunnelID(0x1122_3344)),
                GoldenAVP("800a 0000 003e 00040005", .pseudowireCapabilitiesList, [.ethernetVLAN, .ethernet]),
                GoldenAVP("800a 0000 0049 b0b1b2b3", .controlMessageAuthenticationNonce, [0xB0, 0xB1, 0xB2, 0xB3]),
            ]),
        GoldenControlMessage(
            "v3-scccn", "RFC 3931 §3.2.1 and §6.3", .udp, .v3,
            tunnelID: TunnelID(0x11223344), ns: ControlSequenceNumber(1), nr: ControlSequenceNumber(1),
            type: .startControlConnectionConnected,
            header: "c803 0014 11223344 0001 0001",
            avps: [
                GoldenAVP("8008 0000 0000 0003", .messageType, .startControlConnectionConnected)
            ]),
        GoldenControlMessage(
            "v3-stopccn", "RFC 3931 §3.2.1 and §6.4", .udp, .v3,
            tunnelID: TunnelID(0x11223344), ns: ControlSequenceNumber(1), nr: ControlSequenceNumber(1),
            type: .stopControlConnectionNotification,
            header: "c803 0026 11223344 0001 0001",
            avps: [
                GoldenAVP("8008 0000 0000 0004", .messageType, .stopControlConnectionNotification),
                GoldenAVP("8008 0000 0001 0001", .resultCode, ResultCodeValue(stop: .generalRequest)),
                GoldenAVP("800a 0000 003d 11223344", .assignedControlConnectionID, TunnelID(0x1122_3344)),
            ]),
        GoldenControlMessage(
            "v3-hello", "RFC 3931 §3.2.1 and §6.5", .udp, .v3,
            tunnelID: TunnelID(0x11223344), ns: ControlSequenceNumber(2), nr: ControlSequenceNumber(1), type: .hello,
            header: "c803 0014 11223344 0002 0001",
            avps: [
                GoldenAVP("8008 0000 0000 0006", .messageType, .hello)
            ]),
        GoldenControlMessage(
            "v3-icrq", "RFC 3931 §3.2.1 and §6.6", .udp, .v3,
            tunnelID: TunnelID(0x11223344), ns: ControlSequenceNumber(1), nr: ControlSequenceNumber(1),
            type: .incomingCallRequest,
            header: "c803 00ae 11223344 0001 0001",
            avps: [
                GoldenAVP("8008 0000 0000 000a", .messageType, .incomingCallRequest),
                GoldenAVP("800a 0000 003f 55667788", .localSessionID, SessionID(0x5566_7788)),
                GoldenAVP("800a 0000 0040 00000000", .remoteSessionID, SessionID(0)),
                GoldenAVP("000a 0000 000f 0000002a", .callSerialNumber, 42),
                GoldenAVP("8008 0000 0044 0005", .pseudowireType, .ethernet),
                GoldenAVP("800a 0000 0042 65746830", .remoteEndID, [0x65, 0x74, 0x68, 0x30]),
                GoldenAVP("8008 0000 0047 0003", .circuitStatus, [.new, .active]),
                GoldenAVP(
                    "800e 0000 0041 01234567 89abcdef", .assignedCookie, AssignedCookie(0x0123_4567_89AB_CDEF as UInt64)
                ),
                GoldenAVP("800e 0000 0005 01234567 89abcdef", .tieBreaker, 0x0123_4567_89AB_CDEF),
                GoldenAVP("8008 0000 0045 0001", .l2SpecificSublayer, .default),
                GoldenAVP("8008 0000 0046 0002", .dataSequencing, .all),
                GoldenAVP("000e 0000 004a 00000000 3b9aca00", .txConnectSpeed, 1_000_000_000),
                GoldenAVP("000e 0000 004b 00000000 00000000", .rxConnectSpeed, 0),
                GoldenAVP("000a 0000 0019 00000003", .physicalChannelID, 3),
                GoldenAVP("0008 0000 005b 05dc", .interfaceMTU, 1500),
                GoldenAVP("0008 0000 005c 0004", .fcsRetention, 4),
            ]),
        GoldenControlMessage(
            "v3-icrp", "RFC 3931 §3.2.1 and §6.7", .udp, .v3,
            tunnelID: TunnelID(0x11223344), ns: ControlSequenceNumber(1), nr: ControlSequenceNumber(1),
            type: .incomingCallReply,
            header: "c803 0042 11223344 0001 0001",
            avps: [
                GoldenAVP("8008 0000 0000 000b", .messageType, .incomingCallReply),
                GoldenAVP("800a 0000 003f 55667788", .localSessionID, SessionID(0x5566_7788)),
                GoldenAVP("800a 0000 0040 99aabbcc", .remoteSessionID, SessionID(0x99AA_BBCC)),
                GoldenAVP("8008 0000 0047 0003", .circuitStatus, [.new, .active]),
                GoldenAVP("800a 0000 0041 89abcdef", .assignedCookie, AssignedCookie(0x89AB_CDEF as UInt32)),
                GoldenAVP("8008 0000 0045 0001", .l2SpecificSublayer, .default),
            ]),
        GoldenControlMessage(
            "v3-iccn", "RFC 3931 §3.2.1 and §6.8", .udp, .v3,
            tunnelID: TunnelID(0x11223344), ns: ControlSequenceNumber(1), nr: ControlSequenceNumber(1),
            type: .incomingCallConnected,
            header: "c803 0030 11223344 0001 0001",
            avps: [
                GoldenAVP("8008 0000 0000 000c", .messageType, .incomingCallConnected),
                GoldenAVP("800a 0000 003f 55667788", .localSessionID, SessionID(0x5566_7788)),
                GoldenAVP("800a 0000 0040 99aabbcc", .remoteSessionID, SessionID(0x99AA_BBCC)),
                GoldenAVP("8008 0000 0045 0000", .l2SpecificSublayer, .none),
            ]),
        GoldenControlMessage(
            "v3-ocrq", "RFC 3931 §3.2.1 and §6.9", .udp, .v3,
            tunnelID: TunnelID(0x11223344), ns: ControlSequenceNumber(1), nr: ControlSequenceNumber(1),
            type: .outgoingCallRequest,
            header: "c803 0052 11223344 0001 0001",
            avps: [
                GoldenAVP("8008 0000 0000 0007", .messageType, .outgoingCallRequest),
                GoldenAVP("800a 0000 003f 55667788", .localSessionID, SessionID(0x5566_7788)),
                GoldenAVP("800a 0000 0040 00000000", .remoteSessionID, SessionID(0)),
                GoldenAVP("000a 0000 000f 0000002a", .callSerialNumber, 42),
                GoldenAVP("8008 0000 0044 0005", .pseudowireType, .ethernet),
                GoldenAVP("800a 0000 0042 65746830", .remoteEndID, [0x65, 0x74, 0x68, 0x30]),
                GoldenAVP("8008 0000 0047 0003", .circuitStatus, [.new, .active]),
                GoldenAVP("8006 0000 0041", .assignedCookie, AssignedCookie.none),
            ]),
        GoldenControlMessage(
            "v3-ocrp", "RFC 3931 §3.2.1 and §6.10", .udp, .v3,
            tunnelID: TunnelID(0x11223344), ns: ControlSequenceNumber(1), nr: ControlSequenceNumber(1),
            type: .outgoingCallReply,
            header: "c803 0030 11223344 0001 0001",
            avps: [
                GoldenAVP("8008 0000 0000 0008", .messageType, .outgoingCallReply),
                GoldenAVP("800a 0000 003f 55667788", .localSessionID, SessionID(0x5566_7788)),
                GoldenAVP("800a 0000 0040 99aabbcc", .remoteSessionID, SessionID(0x99AA_BBCC)),
                GoldenAVP("8008 0000 0047 0003", .circuitStatus, [.new, .active]),
            ]),
        GoldenControlMessage(
            "v3-occn", "RFC 3931 §3.2.1 and §6.11", .udp, .v3,
            tunnelID: TunnelID(0x11223344), ns: ControlSequenceNumber(1), nr: ControlSequenceNumber(1),
            type: .outgoingCallConnected,
            header: "c803 0036 11223344 0001 0001",
            avps: [
                GoldenAVP("8008 0000 0000 0009", .messageType, .outgoingCallConnected),
                GoldenAVP("800a 0000 003f 55667788", .localSessionID, SessionID(0x5566_7788)),
                GoldenAVP("800a 0000 0040 99aabbcc", .remoteSessionID, SessionID(0x99AA_BBCC)),
                GoldenAVP("000e 0000 004a 00000000 3b9aca00", .txConnectSpeed, 1_000_000_000),
            ]),
        GoldenControlMessage(
            "v3-cdn", "RFC 3931 §3.2.1 and §6.12", .udp, .v3,
            tunnelID: TunnelID(0x11223344), ns: ControlSequenceNumber(1), nr: ControlSequenceNumber(1),
            type: .callDisconnectNotify,
            header: "c803 0030 11223344 0001 0001",
            avps: [
                GoldenAVP("8008 0000 0000 000e", .messageType, .callDisconnectNotify),
                GoldenAVP("8008 0000 0001 000d", .resultCode, ResultCodeValue(disconnect: .lostTie)),
                GoldenAVP("800a 0000 003f 55667788", .localSessionID, SessionID(0x5566_7788)),
                GoldenAVP("800a 0000 0040 99aabbcc", .remoteSessionID, SessionID(0x99AA_BBCC)),
            ]),
        GoldenControlMessage(
            "v3-wen", "RFC 3931 §3.2.1 and §6.13", .udp, .v3,
            tunnelID: TunnelID(0x11223344), ns: ControlSequenceNumber(1), nr: ControlSequenceNumber(1),
            type: .wanErrorNotify,
            header: "c803 0040 11223344 0001 0001",
            avps: [
                GoldenAVP("8008 0000 0000 000f", .messageType, .wanErrorNotify),
                GoldenAVP("800a 0000 003f 55667788", .localSessionID, SessionID(0x5566_7788)),
                GoldenAVP("800a 0000 0040 99aabbcc", .remoteSessionID, SessionID(0x99AA_BBCC)),
                GoldenAVP(
                    "0018 0000 0022 00000000 00030000 00040000 00050000 0006", .callErrors,
                    CallErrors(
                        lineErrors: nil, hardwareOverruns: 3, bufferOverruns: 4, timeoutErrors: 5, alignmentErrors: 6)),
            ]),
        GoldenControlMessage(
            "v3-sli", "RFC 3931 §3.2.1 and §6.14", .udp, .v3,
            tunnelID: TunnelID(0x11223344), ns: ControlSequenceNumber(1), nr: ControlSequenceNumber(1),
            type: .setLinkInfo,
            header: "c803 003a 11223344 0001 0001",
            avps: [
                GoldenAVP("8008 0000 0000 0010", .messageType, .setLinkInfo),
                GoldenAVP("800a 0000 003f 55667788", .localSessionID, SessionID(0x5566_7788)),
                GoldenAVP("800a 0000 0040 99aabbcc", .remoteSessionID, SessionID(0x99AA_BBCC)),
                GoldenAVP("8008 0000 0047 0000", .circuitStatus, []),
                GoldenAVP(
                    "000a 0000 0058 00030002", .atmAlarmStatus,
                    ATMAlarmStatus(reason: .init(rawValue: 3), alarm: .init(rawValue: 2))),
            ]),
        GoldenControlMessage(
            "v3-ack", "RFC 3931 §3.2.1 and §6.15", .udp, .v3,
            tunnelID: TunnelID(0x11223344), ns: ControlSequenceNumber(1), nr: ControlSequenceNumber(1),
            type: .acknowledgement,
            header: "c803 0014 11223344 0001 0001",
            avps: [
                GoldenAVP("8008 0000 0000 0014", .messageType, .acknowledgement)
            ]),
        GoldenControlMessage(
            "v3-zlb", "RFC 3931 §3.2.1 and §6.15", .udp, .v3,
            tunnelID: TunnelID(0x11223344), ns: ControlSequenceNumber(3), nr: ControlSequenceNumber(4), type: nil,
            header: "c803 000c 11223344 0003 0004",
            avps: []),
    ]
}
