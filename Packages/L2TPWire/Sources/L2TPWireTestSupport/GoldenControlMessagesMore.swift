import L2TPWire

extension GoldenControlMessage {
    /// A message of every type that other documents add to L2TPv2.
    static let v2Extensions: [GoldenControlMessage] = [
        GoldenControlMessage(
            "v2-mdmst", "RFC 3573 §3.1", .udp, .v2,
            tunnelID: TunnelID(0x1122), sessionID: SessionID(0x3344), ns: ControlSequenceNumber(1),
            nr: ControlSequenceNumber(1), type: .modemStatus,
            header: "c802 001c 1122 3344 0001 0001",
            avps: [
                GoldenAVP("0008 0000 0000 0011", .messageType, .modemStatus),
                GoldenAVP(
                    "0008 0000 0036 8005", .modemOnHoldStatus, optional: ModemOnHoldStatus(isOnHold: true, timeout: 5)),
            ]),
        GoldenControlMessage(
            "v2-srrq", "RFC 3817 §2", .udp, .v2,
            tunnelID: TunnelID(0x1122), sessionID: SessionID(0x0), ns: ControlSequenceNumber(1),
            nr: ControlSequenceNumber(1), type: .serviceRelayRequest,
            header: "c802 0020 1122 0000 0001 0001",
            avps: [
                GoldenAVP("0008 0000 0000 0012", .messageType, .serviceRelayRequest),
                GoldenAVP("000c 0000 0037 11090000 0000", .pppoeRelay, [0x11, 9, 0, 0, 0, 0]),
            ]),
        GoldenControlMessage(
            "v2-srrp", "RFC 3817 §2", .udp, .v2,
            tunnelID: TunnelID(0x1122), sessionID: SessionID(0x0), ns: ControlSequenceNumber(1),
            nr: ControlSequenceNumber(1), type: .serviceRelayReply,
            header: "c802 0020 1122 0000 0001 0001",
            avps: [
                GoldenAVP("0008 0000 0000 0013", .messageType, .serviceRelayReply),
                GoldenAVP("000c 0000 0037 11090000 0000", .pppoeRelay, [0x11, 9, 0, 0, 0, 0]),
            ]),
        GoldenControlMessage(
            "v2-fsq", "RFC 4951 §4", .udp, .v2,
            tunnelID: TunnelID(0x1122), sessionID: SessionID(0x0), ns: ControlSequenceNumber(1),
            nr: ControlSequenceNumber(1), type: .failoverSessionQuery,
            header: "c802 0024 1122 0000 0001 0001",
            avps: [
                GoldenAVP("8008 0000 0000 0015", .messageType, .failoverSessionQuery),
                GoldenAVP(
                    "8010 0000 004f 00000000 55660000 7788", .failoverSessionState,
                    FailoverSessionState(sessionID: SessionID(0x5566), remoteSessionID: SessionID(0x7788))),
            ]),
        GoldenControlMessage(
            "v2-fsr", "RFC 4951 §4", .udp, .v2,
            tunnelID: TunnelID(0x1122), sessionID: SessionID(0x0), ns: ControlSequenceNumber(1),
            nr: ControlSequenceNumber(1), type: .failoverSessionResponse,
            header: "c802 0024 1122 0000 0001 0001",
            avps: [
                GoldenAVP("8008 0000 0000 0016", .messageType, .failoverSessionResponse),
                GoldenAVP(
                    "8010 0000 004f 00000000 55660000 7788", .failoverSessionState,
                    FailoverSessionState(sessionID: SessionID(0x5566), remoteSessionID: SessionID(0x7788))),
            ]),
        GoldenControlMessage(
            "v2-msrq", "RFC 4045 §5.1", .udp, .v2,
            tunnelID: TunnelID(0x1122), sessionID: SessionID(0x0), ns: ControlSequenceNumber(1),
            nr: ControlSequenceNumber(1), type: .multicastSessionRequest,
            header: "c802 0026 1122 0000 0001 0001",
            avps: [
                GoldenAVP("0008 0000 0000 0017", .messageType, .multicastSessionRequest),
                GoldenAVP("8008 0000 000e 3344", .assignedSessionID, 0x3344),
                GoldenAVP("800a 0000 0011 0000fa00", .maximumBPS, 64000),
            ]),
        GoldenControlMessage(
            "v2-msrp", "RFC 4045 §5.2", .udp, .v2,
            tunnelID: TunnelID(0x1122), sessionID: SessionID(0x3344), ns: ControlSequenceNumber(1),
            nr: ControlSequenceNumber(1), type: .multicastSessionResponse,
            header: "c802 001c 1122 3344 0001 0001",
            avps: [
                GoldenAVP("0008 0000 0000 0018", .messageType, .multicastSessionResponse),
                GoldenAVP("8008 0000 000e 3344", .assignedSessionID, 0x3344),
            ]),
        GoldenControlMessage(
            "v2-mse", "RFC 4045 §5.3", .udp, .v2,
            tunnelID: TunnelID(0x1122), sessionID: SessionID(0x3344), ns: ControlSequenceNumber(1),
            nr: ControlSequenceNumber(1), type: .multicastSessionEstablishment,
            header: "c802 001a 1122 3344 0001 0001",
            avps: [
                GoldenAVP("0008 0000 0000 0019", .messageType, .multicastSessionEstablishment),
                GoldenAVP("8006 0000 0027", .sequencingRequired, EmptyValue()),
            ]),
        GoldenControlMessage(
            "v2-msi", "RFC 4045 §6.1", .udp, .v2,
            tunnelID: TunnelID(0x1122), sessionID: SessionID(0x3344), ns: ControlSequenceNumber(1),
            nr: ControlSequenceNumber(1), type: .multicastSessionInformation,
            header: "c802 002e 1122 3344 0001 0001",
            avps: [
                GoldenAVP("0008 0000 0000 001a", .messageType, .multicastSessionInformation),
                GoldenAVP("800a 0000 0051 00010002", .newOutgoingSessions, [1, 2]),
                GoldenAVP("8008 0000 0053 0002", .withdrawOutgoingSessions, [2]),
                GoldenAVP("0008 0000 0054 0002", .multicastPacketsPriority, .multicast),
            ]),
        GoldenControlMessage(
            "v2-msen", "RFC 4045 §7.2", .udp, .v2,
            tunnelID: TunnelID(0x1122), sessionID: SessionID(0x3344), ns: ControlSequenceNumber(1),
            nr: ControlSequenceNumber(1), type: .multicastSessionEndNotify,
            header: "c802 0024 1122 3344 0001 0001",
            avps: [
                GoldenAVP("0008 0000 0000 001b", .messageType, .multicastSessionEndNotify),
                GoldenAVP("8008 0000 0001 0003", .resultCode, ResultCodeValue(multicastEnd: .noReceivers)),
                GoldenAVP("8008 0000 000e 3344", .assignedSessionID, 0x3344),
            ]),
        GoldenControlMessage(
            "v2-csun", "RFC 5515 §4.1", .udp, .v2,
            tunnelID: TunnelID(0x1122), sessionID: SessionID(0x0), ns: ControlSequenceNumber(1),
            nr: ControlSequenceNumber(1), type: .connectSpeedUpdateNotification,
            header: "c802 0026 1122 0000 0001 0001",
            avps: [
                GoldenAVP("0008 0000 0000 001c", .messageType, .connectSpeedUpdateNotification),
                GoldenAVP(
                    "0012 0000 0061 00003344 05f5e100 00989680", .connectSpeedUpdate,
                    ConnectSpeedUpdate(v2RemoteSessionID: 0x3344, txSpeed: 100_000_000, rxSpeed: 10_000_000)),
            ]),
        GoldenControlMessage(
            "v2-csurq", "RFC 5515 §4.2", .udp, .v2,
            tunnelID: TunnelID(0x1122), sessionID: SessionID(0x0), ns: ControlSequenceNumber(1),
            nr: ControlSequenceNumber(1), type: .connectSpeedUpdateRequest,
            header: "c802 0026 1122 0000 0001 0001",
            avps: [
                GoldenAVP("0008 0000 0000 001d", .messageType, .connectSpeedUpdateRequest),
                GoldenAVP(
                    "0012 0000 0061 00003344 05f5e100 00989680", .connectSpeedUpdate,
                    ConnectSpeedUpdate(v2RemoteSessionID: 0x3344, txSpeed: 100_000_000, rxSpeed: 10_000_000)),
            ]),
    ]

    /// Messages over IP, and of every type that other documents add to L2TPv3.
    static let v3Extensions: [GoldenControlMessage] = [
        GoldenControlMessage(
            "v3-ip-hello", "RFC 3931 §4.1.1.2 and §6.5", .ip, .v3,
            tunnelID: TunnelID(0x11223344), ns: ControlSequenceNumber(2), nr: ControlSequenceNumber(1), type: .hello,
            header: "00000000 c803 0014 11223344 0002 0001",
            avps: [
                GoldenAVP("8008 0000 0000 0006", .messageType, .hello)
            ]),
        GoldenControlMessage(
            "v3-ip-icrq", "RFC 3931 §4.1.1.2 and §6.6", .ip, .v3,
            tunnelID: TunnelID(0x11223344), ns: ControlSequenceNumber(1), nr: ControlSequenceNumber(1),
            type: .incomingCallRequest,
            header: "00000000 c803 005a 11223344 0001 0001",
            avps: [
                GoldenAVP("8008 0000 0000 000a", .messageType, .incomingCallRequest),
                GoldenAVP("800a 0000 003f 55667788", .localSessionID, SessionID(0x5566_7788)),
                GoldenAVP("800a 0000 0040 00000000", .remoteSessionID, SessionID(0)),
                GoldenAVP("000a 0000 000f 0000002a", .callSerialNumber, 42),
                GoldenAVP("8008 0000 0044 0005", .pseudowireType, .ethernet),
                GoldenAVP("800a 0000 0042 65746830", .remoteEndID, [0x65, 0x74, 0x68, 0x30]),
                GoldenAVP("8008 0000 0047 0003", .circuitStatus, [.new, .active]),
                GoldenAVP(
                    "000e 0000 003a 00010000 00070102", .extendedVendorID,
                    ExtendedVendorAVP(vendorID: 0x1_0000, number: 7, value: [1, 2])),
            ]),
        GoldenControlMessage(
            "v3-srrq", "RFC 3817 §2", .udp, .v3,
            tunnelID: TunnelID(0x11223344), ns: ControlSequenceNumber(1), nr: ControlSequenceNumber(1),
            type: .serviceRelayRequest,
            header: "c803 0020 11223344 0001 0001",
            avps: [
                GoldenAVP("0008 0000 0000 0012", .messageType, .serviceRelayRequest),
                GoldenAVP("000c 0000 0037 11090000 0000", .pppoeRelay, [0x11, 9, 0, 0, 0, 0]),
            ]),
        GoldenControlMessage(
            "v3-srrp", "RFC 3817 §2", .udp, .v3,
            tunnelID: TunnelID(0x11223344), ns: ControlSequenceNumber(1), nr: ControlSequenceNumber(1),
            type: .serviceRelayReply,
            header: "c803 0020 11223344 0001 0001",
            avps: [
                GoldenAVP("0008 0000 0000 0013", .messageType, .serviceRelayReply),
                GoldenAVP("000c 0000 0037 11090000 0000", .pppoeRelay, [0x11, 9, 0, 0, 0, 0]),
            ]),
        GoldenControlMessage(
            "v3-fsq", "RFC 4951 §4", .udp, .v3,
            tunnelID: TunnelID(0x11223344), ns: ControlSequenceNumber(1), nr: ControlSequenceNumber(1),
            type: .failoverSessionQuery,
            header: "c803 0024 11223344 0001 0001",
            avps: [
                GoldenAVP("8008 0000 0000 0015", .messageType, .failoverSessionQuery),
                GoldenAVP(
                    "8010 0000 004f 00000000 55660000 7788", .failoverSessionState,
                    FailoverSessionState(sessionID: SessionID(0x5566), remoteSessionID: SessionID(0x7788))),
            ]),
        GoldenControlMessage(
            "v3-fsr", "RFC 4951 §4", .udp, .v3,
            tunnelID: TunnelID(0x11223344), ns: ControlSequenceNumber(1), nr: ControlSequenceNumber(1),
            type: .failoverSessionResponse,
            header: "c803 0024 11223344 0001 0001",
            avps: [
                GoldenAVP("8008 0000 0000 0016", .messageType, .failoverSessionResponse),
                GoldenAVP(
                    "8010 0000 004f 00000000 55660000 7788", .failoverSessionState,
                    FailoverSessionState(sessionID: SessionID(0x5566), remoteSessionID: SessionID(0x7788))),
            ]),
        GoldenControlMessage(
            "v3-csun", "RFC 5515 §4.1", .udp, .v3,
            tunnelID: TunnelID(0x11223344), ns: ControlSequenceNumber(1), nr: ControlSequenceNumber(1),
            type: .connectSpeedUpdateNotification,
            header: "c803 002e 11223344 0001 0001",
            avps: [
                GoldenAVP("0008 0000 0000 001c", .messageType, .connectSpeedUpdateNotification),
                GoldenAVP(
                    "001a 0000 0061 99aabbcc 00000000 05f5e100 00000000 00989680", .connectSpeedUpdate,
                    ConnectSpeedUpdate(
                        remoteSessionID: SessionID(0x99AA_BBCC), txSpeed: 100_000_000, rxSpeed: 10_000_000)),
            ]),
        GoldenControlMessage(
            "v3-csurq", "RFC 5515 §4.2", .udp, .v3,
            tunnelID: TunnelID(0x11223344), ns: ControlSequenceNumber(1), nr: ControlSequenceNumber(1),
            type: .connectSpeedUpdateRequest,
            header: "c803 002e 11223344 0001 0001",
            avps: [
                GoldenAVP("0008 0000 0000 001d", .messageType, .connectSpeedUpdateRequest),
                GoldenAVP(
                    "001a 0000 0061 99aabbcc 00000000 05f5e100 00000000 00989680", .connectSpeedUpdate,
                    ConnectSpeedUpdate(
                        remoteSessionID: SessionID(0x99AA_BBCC), txSpeed: 100_000_000, rxSpeed: 10_000_000)),
            ]),
    ]
}
