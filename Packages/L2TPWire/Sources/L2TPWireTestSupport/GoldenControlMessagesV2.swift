import L2TPWire

extension GoldenControlMessage {
    /// A message of every type of RFC 2661.
    static let v2: [GoldenControlMessage] = [
        GoldenControlMessage(
            "v2-sccrq", "RFC 2661 §3.1 and §6.1", .udp, .v2,
            tunnelID: TunnelID(0x0), sessionID: SessionID(0x0), ns: ControlSequenceNumber(0),
            nr: ControlSequenceNumber(0), type: .startControlConnectionRequest,
            header: "c802 0082 0000 0000 0000 0000",
            avps: [
                GoldenAVP("8008 0000 0000 0001", .messageType, .startControlConnectionRequest),
                GoldenAVP("8008 0000 0002 0100", .protocolVersion, .rfc2661),
                GoldenAVP("8011 0000 0007 6c61632e 6578616d 706c65", .hostName, "lac.example"),
                GoldenAVP("800a 0000 0003 00000003", .framingCapabilities, [.asynchronous, .synchronous]),
                GoldenAVP("8008 0000 0009 1122", .assignedTunnelID, 0x1122),
                GoldenAVP("800a 0000 0004 00000005", .bearerCapabilities, [.broadband, .digital]),
                GoldenAVP("8008 0000 000a 0008", .receiveWindowSize, 8),
                GoldenAVP(
                    "800e 0000 000b a0a1a2a3 a4a5a6a7", .challenge, [0xA0, 0xA1, 0xA2, 0xA3, 0xA4, 0xA5, 0xA6, 0xA7]),
                GoldenAVP("000e 0000 0005 01234567 89abcdef", .tieBreaker, 0x0123_4567_89AB_CDEF),
                GoldenAVP("0008 0000 0006 0690", .firmwareRevision, 0x0690),
                GoldenAVP("000d 0000 0008 746f6f6c 6b6974", .vendorName, "toolkit"),
            ]),
        GoldenControlMessage(
            "v2-sccrp", "RFC 2661 §3.1 and §6.2", .udp, .v2,
            tunnelID: TunnelID(0x1122), sessionID: SessionID(0x0), ns: ControlSequenceNumber(0),
            nr: ControlSequenceNumber(1), type: .startControlConnectionReply,
            header: "c802 006b 1122 0000 0000 0001",
            avps: [
                GoldenAVP("8008 0000 0000 0002", .messageType, .startControlConnectionReply),
                GoldenAVP("8008 0000 0002 0100", .protocolVersion, .rfc2661),
                GoldenAVP("800a 0000 0003 00000003", .framingCapabilities, [.asynchronous, .synchronous]),
                GoldenAVP("8011 0000 0007 6c61632e 6578616d 706c65", .hostName, "lac.example"),
                GoldenAVP("8008 0000 0009 1122", .assignedTunnelID, 0x1122),
                GoldenAVP("8008 0000 000a 0008", .receiveWindowSize, 8),
                GoldenAVP(
                    "800e 0000 000b a0a1a2a3 a4a5a6a7", .challenge, [0xA0, 0xA1, 0xA2, 0xA3, 0xA4, 0xA5, 0xA6, 0xA7]),
                GoldenAVP(
                    "8016 0000 000d 00000000 00000000 00000000 00000007", .challengeResponse,
                    Array(repeating: 0, count: 15) + [7]),
            ]),
        GoldenControlMessage(
            "v2-scccn", "RFC 2661 §3.1 and §6.3", .udp, .v2,
            tunnelID: TunnelID(0x1122), sessionID: SessionID(0x0), ns: ControlSequenceNumber(1),
            nr: ControlSequenceNumber(1), type: .startControlConnectionConnected,
            header: "c802 002a 1122 0000 0001 0001",
            avps: [
                GoldenAVP("8008 0000 0000 0003", .messageType, .startControlConnectionConnected),
                GoldenAVP(
                    "8016 0000 000d 00000000 00000000 00000000 00000007", .challengeResponse,
                    Array(repeating: 0, count: 15) + [7]),
            ]),
        GoldenControlMessage(
            "v2-stopccn", "RFC 2661 §3.1 and §6.4", .udp, .v2,
            tunnelID: TunnelID(0x1122), sessionID: SessionID(0x0), ns: ControlSequenceNumber(1),
            nr: ControlSequenceNumber(1), type: .stopControlConnectionNotification,
            header: "c802 0024 1122 0000 0001 0001",
            avps: [
                GoldenAVP("8008 0000 0000 0004", .messageType, .stopControlConnectionNotification),
                GoldenAVP("8008 0000 0009 1122", .assignedTunnelID, 0x1122),
                GoldenAVP("8008 0000 0001 0001", .resultCode, ResultCodeValue(stop: .generalRequest)),
            ]),
        GoldenControlMessage(
            "v2-hello", "RFC 2661 §3.1 and §6.5", .udp, .v2,
            tunnelID: TunnelID(0x1122), sessionID: SessionID(0x0), ns: ControlSequenceNumber(1),
            nr: ControlSequenceNumber(1), type: .hello,
            header: "c802 0014 1122 0000 0001 0001",
            avps: [
                GoldenAVP("8008 0000 0000 0006", .messageType, .hello)
            ]),
        GoldenControlMessage(
            "v2-icrq", "RFC 2661 §3.1 and §6.6", .udp, .v2,
            tunnelID: TunnelID(0x1122), sessionID: SessionID(0x0), ns: ControlSequenceNumber(1),
            nr: ControlSequenceNumber(1), type: .incomingCallRequest,
            header: "c802 005b 1122 0000 0001 0001",
            avps: [
                GoldenAVP("8008 0000 0000 000a", .messageType, .incomingCallRequest),
                GoldenAVP("8008 0000 000e 3344", .assignedSessionID, 0x3344),
                GoldenAVP("800a 0000 000f 0000002a", .callSerialNumber, 42),
                GoldenAVP("800a 0000 0012 00000002", .bearerType, .analog),
                GoldenAVP("000a 0000 0019 00000003", .physicalChannelID, 3),
                GoldenAVP("800d 0000 0016 35353532 303030", .callingNumber, "5552000"),
                GoldenAVP("800d 0000 0015 35353531 303030", .calledNumber, "5551000"),
                GoldenAVP("8007 0000 0017 37", .subAddress, "7"),
            ]),
        GoldenControlMessage(
            "v2-icrp", "RFC 2661 §3.1 and §6.7", .udp, .v2,
            tunnelID: TunnelID(0x1122), sessionID: SessionID(0x3344), ns: ControlSequenceNumber(1),
            nr: ControlSequenceNumber(1), type: .incomingCallReply,
            header: "c802 001c 1122 3344 0001 0001",
            avps: [
                GoldenAVP("8008 0000 0000 000b", .messageType, .incomingCallReply),
                GoldenAVP("8008 0000 000e 3344", .assignedSessionID, 0x3344),
            ]),
        GoldenControlMessage(
            "v2-iccn", "RFC 2661 §3.1 and §6.8", .udp, .v2,
            tunnelID: TunnelID(0x1122), sessionID: SessionID(0x5566), ns: ControlSequenceNumber(1),
            nr: ControlSequenceNumber(1), type: .incomingCallConnected,
            header: "c802 008c 1122 5566 0001 0001",
            avps: [
                GoldenAVP("8008 0000 0000 000c", .messageType, .incomingCallConnected),
                GoldenAVP("800a 0000 0018 05f5e100", .txConnectSpeedBPS, 100_000_000),
                GoldenAVP("800a 0000 0013 00000001", .framingType, .synchronous),
                GoldenAVP("000a 0000 001a 010405d4", .initialReceivedLCPConfReq, [1, 4, 5, 0xD4]),
                GoldenAVP("000a 0000 001b 0304c023", .lastSentLCPConfReq, [3, 4, 0xC0, 0x23]),
                GoldenAVP("0008 0000 001c 0702", .lastReceivedLCPConfReq, [7, 2]),
                GoldenAVP("0008 0000 001d 0002", .proxyAuthenType, .chap),
                GoldenAVP("000b 0000 001e 616c6963 65", .proxyAuthenName, "alice"),
                GoldenAVP("000a 0000 001f c0c1c2c3", .proxyAuthenChallenge, [0xC0, 0xC1, 0xC2, 0xC3]),
                GoldenAVP("0008 0000 0020 0007", .proxyAuthenID, ProxyAuthenID(7)),
                GoldenAVP("000a 0000 0021 e0e1e2e3", .proxyAuthenResponse, [0xE0, 0xE1, 0xE2, 0xE3]),
                GoldenAVP("0009 0000 0025 76706e", .privateGroupID, [0x76, 0x70, 0x6E]),
                GoldenAVP("000a 0000 0026 00989680", .rxConnectSpeedBPS, 10_000_000),
                GoldenAVP("8006 0000 0027", .sequencingRequired, EmptyValue()),
            ]),
        GoldenControlMessage(
            "v2-ocrq", "RFC 2661 §3.1 and §6.9", .udp, .v2,
            tunnelID: TunnelID(0x1122), sessionID: SessionID(0x0), ns: ControlSequenceNumber(1),
            nr: ControlSequenceNumber(1), type: .outgoingCallRequest,
            header: "c802 0062 1122 0000 0001 0001",
            avps: [
                GoldenAVP("8008 0000 0000 0007", .messageType, .outgoingCallRequest),
                GoldenAVP("8008 0000 000e 3344", .assignedSessionID, 0x3344),
                GoldenAVP("800a 0000 000f 0000002a", .callSerialNumber, 42),
                GoldenAVP("800a 0000 0010 00002580", .minimumBPS, 9600),
                GoldenAVP("800a 0000 0011 0000fa00", .maximumBPS, 64000),
                GoldenAVP("800a 0000 0012 00000002", .bearerType, .analog),
                GoldenAVP("800a 0000 0013 00000001", .framingType, .synchronous),
                GoldenAVP("800d 0000 0015 35353531 303030", .calledNumber, "5551000"),
                GoldenAVP("8007 0000 0017 37", .subAddress, "7"),
            ]),
        GoldenControlMessage(
            "v2-ocrp", "RFC 2661 §3.1 and §6.10", .udp, .v2,
            tunnelID: TunnelID(0x1122), sessionID: SessionID(0x3344), ns: ControlSequenceNumber(1),
            nr: ControlSequenceNumber(1), type: .outgoingCallReply,
            header: "c802 0026 1122 3344 0001 0001",
            avps: [
                GoldenAVP("8008 0000 0000 0008", .messageType, .outgoingCallReply),
                GoldenAVP("8008 0000 000e 3344", .assignedSessionID, 0x3344),
                GoldenAVP("000a 0000 0019 00000003", .physicalChannelID, 3),
            ]),
        GoldenControlMessage(
            "v2-occn", "RFC 2661 §3.1 and §6.11", .udp, .v2,
            tunnelID: TunnelID(0x1122), sessionID: SessionID(0x3344), ns: ControlSequenceNumber(1),
            nr: ControlSequenceNumber(1), type: .outgoingCallConnected,
            header: "c802 0032 1122 3344 0001 0001",
            avps: [
                GoldenAVP("8008 0000 0000 0009", .messageType, .outgoingCallConnected),
                GoldenAVP("800a 0000 0018 05f5e100", .txConnectSpeedBPS, 100_000_000),
                GoldenAVP("800a 0000 0013 00000001", .framingType, .synchronous),
                GoldenAVP("000a 0000 0026 00989680", .rxConnectSpeedBPS, 10_000_000),
            ]),
        GoldenControlMessage(
            "v2-cdn", "RFC 2661 §3.1 and §6.12", .udp, .v2,
            tunnelID: TunnelID(0x1122), sessionID: SessionID(0x3344), ns: ControlSequenceNumber(1),
            nr: ControlSequenceNumber(1), type: .callDisconnectNotify,
            header: "c802 003e 1122 3344 0001 0001",
            avps: [
                GoldenAVP("8008 0000 0000 000e", .messageType, .callDisconnectNotify),
                GoldenAVP("8008 0000 0001 0003", .resultCode, ResultCodeValue(disconnect: .administrative)),
                GoldenAVP("8008 0000 000e 3344", .assignedSessionID, 0x3344),
                GoldenAVP(
                    "800c 0000 000c 00104562 7965", .causeCode,
                    CauseCode(code: 16, message: 0x45, advisoryMessage: "bye")),
                GoldenAVP(
                    "000e 0000 002e 00030000 01627965", .pppDisconnectCauseCode,
                    PPPDisconnectCause(code: .normal, direction: .peer, message: "bye")),
            ]),
        GoldenControlMessage(
            "v2-wen", "RFC 2661 §3.1 and §6.13", .udp, .v2,
            tunnelID: TunnelID(0x1122), sessionID: SessionID(0x3344), ns: ControlSequenceNumber(1),
            nr: ControlSequenceNumber(1), type: .wanErrorNotify,
            header: "c802 0034 1122 3344 0001 0001",
            avps: [
                GoldenAVP("8008 0000 0000 000f", .messageType, .wanErrorNotify),
                GoldenAVP(
                    "8020 0000 0022 00000000 00010000 00020000 00030000 00040000 00050000 0006", .callErrors,
                    CallErrors(
                        lineErrors: .init(crc: 1, framing: 2), hardwareOverruns: 3, bufferOverruns: 4, timeoutErrors: 5,
                        alignmentErrors: 6)),
            ]),
        GoldenControlMessage(
            "v2-sli", "RFC 2661 §3.1 and §6.14", .udp, .v2,
            tunnelID: TunnelID(0x1122), sessionID: SessionID(0x3344), ns: ControlSequenceNumber(1),
            nr: ControlSequenceNumber(1), type: .setLinkInfo,
            header: "c802 0034 1122 3344 0001 0001",
            avps: [
                GoldenAVP("8008 0000 0000 0010", .messageType, .setLinkInfo),
                GoldenAVP("8010 0000 0023 0000000a 0000ffff ffff", .accm, ACCM(send: 0x000A_0000, receive: .max)),
                GoldenAVP("0008 0000 0033 0802", .lnsLastSentLCPConfReq, [8, 2]),
                GoldenAVP("0008 0000 0034 0702", .lnsLastReceivedLCPConfReq, [7, 2]),
            ]),
        GoldenControlMessage(
            "v2-zlb", "RFC 2661 §3.1 and §5.8", .udp, .v2,
            tunnelID: TunnelID(0x1122), sessionID: SessionID(0x0), ns: ControlSequenceNumber(2),
            nr: ControlSequenceNumber(2), type: nil,
            header: "c802 000c 1122 0000 0002 0002",
            avps: []),
    ]
}
