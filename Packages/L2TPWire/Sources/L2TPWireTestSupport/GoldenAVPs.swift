import L2TPWire

extension GoldenAVP {
    /// One of every attribute type of the IETF, in the order of the numbers.
    public static let all: [GoldenAVP] = rfc2661 + access + tunnels + multicast + rfc3931 + pseudowires

    private static let rfc2661: [GoldenAVP] = [
        GoldenAVP("8008 0000 0000 0001", .messageType, .startControlConnectionRequest, "RFC 2661 §4.4.1"),
        GoldenAVP(
            "8010 0000 0001 00020008 41565020 3939", .resultCode,
            ResultCodeValue(stop: .generalError, error: .init(.unknownMandatoryAVP, message: "AVP 99")),
            "RFC 2661 §4.4.2"),
        GoldenAVP("8008 0000 0002 0100", .protocolVersion, .rfc2661, "RFC 2661 §4.4.3"),
        GoldenAVP("800a 0000 0003 00000003", .framingCapabilities, [.asynchronous, .synchronous], "RFC 2661 §4.4.3"),
        GoldenAVP(
            "800a 0000 0004 00000005", .bearerCapabilities, [.broadband, .digital], "RFC 2661 §4.4.3, RFC 3301 §5.3"),
        GoldenAVP("000e 0000 0005 01234567 89abcdef", .tieBreaker, 0x0123_4567_89AB_CDEF, "RFC 2661 §4.4.3"),
        GoldenAVP("0008 0000 0006 0690", .firmwareRevision, 0x0690, "RFC 2661 §4.4.3"),
        GoldenAVP("8011 0000 0007 6c61632e 6578616d 706c65", .hostName, "lac.example", "RFC 2661 §4.4.3"),
        GoldenAVP("000d 0000 0008 746f6f6c 6b6974", .vendorName, "toolkit", "RFC 2661 §4.4.3"),
        GoldenAVP("8008 0000 0009 1122", .assignedTunnelID, 0x1122, "RFC 2661 §4.4.3"),
        GoldenAVP("8008 0000 000a 0008", .receiveWindowSize, 8, "RFC 2661 §4.4.3"),
        GoldenAVP(
            "800e 0000 000b a0a1a2a3 a4a5a6a7", .challenge, [0xA0, 0xA1, 0xA2, 0xA3, 0xA4, 0xA5, 0xA6, 0xA7],
            "RFC 2661 §4.4.3"),
        GoldenAVP(
            "800c 0000 000c 00104562 7965", .causeCode, CauseCode(code: 16, message: 0x45, advisoryMessage: "bye"),
            "RFC 2661 §4.4.2"),
        GoldenAVP(
            "8016 0000 000d 00000000 00000000 00000000 00000007", .challengeResponse,
            Array(repeating: 0, count: 15) + [7], "RFC 2661 §4.4.3"),
        GoldenAVP("8008 0000 000e 3344", .assignedSessionID, 0x3344, "RFC 2661 §4.4.4"),
        GoldenAVP("800a 0000 000f 0000002a", .callSerialNumber, 42, "RFC 2661 §4.4.4"),
        GoldenAVP("800a 0000 0010 00002580", .minimumBPS, 9600, "RFC 2661 §4.4.4"),
        GoldenAVP("800a 0000 0011 0000fa00", .maximumBPS, 64000, "RFC 2661 §4.4.4"),
        GoldenAVP("800a 0000 0012 00000002", .bearerType, .analog, "RFC 2661 §4.4.4"),
        GoldenAVP("800a 0000 0013 00000001", .framingType, .synchronous, "RFC 2661 §4.4.4"),
        GoldenAVP("800d 0000 0015 35353531 303030", .calledNumber, "5551000", "RFC 2661 §4.4.4"),
        GoldenAVP("800d 0000 0016 35353532 303030", .callingNumber, "5552000", "RFC 2661 §4.4.4"),
        GoldenAVP("8007 0000 0017 37", .subAddress, "7", "RFC 2661 §4.4.4"),
        GoldenAVP("800a 0000 0018 05f5e100", .txConnectSpeedBPS, 100_000_000, "RFC 2661 §4.4.4"),
        GoldenAVP("000a 0000 0019 00000003", .physicalChannelID, 3, "RFC 2661 §4.4.4"),
        GoldenAVP("000a 0000 001a 010405d4", .initialReceivedLCPConfReq, [1, 4, 5, 0xD4], "RFC 2661 §4.4.5"),
        GoldenAVP("000a 0000 001b 0304c023", .lastSentLCPConfReq, [3, 4, 0xC0, 0x23], "RFC 2661 §4.4.5"),
        GoldenAVP("0008 0000 001c 0702", .lastReceivedLCPConfReq, [7, 2], "RFC 2661 §4.4.5"),
        GoldenAVP("0008 0000 001d 0002", .proxyAuthenType, .chap, "RFC 2661 §4.4.5"),
        GoldenAVP("000b 0000 001e 616c6963 65", .proxyAuthenName, "alice", "RFC 2661 §4.4.5"),
        GoldenAVP("000a 0000 001f c0c1c2c3", .proxyAuthenChallenge, [0xC0, 0xC1, 0xC2, 0xC3], "RFC 2661 §4.4.5"),
        GoldenAVP("0008 0000 0020 0007", .proxyAuthenID, ProxyAuthenID(7), "RFC 2661 §4.4.5"),
        GoldenAVP("000a 0000 0021 e0e1e2e3", .proxyAuthenResponse, [0xE0, 0xE1, 0xE2, 0xE3], "RFC 2661 §4.4.5"),
        GoldenAVP(
            "8020 0000 0022 00000000 00010000 00020000 00030000 00040000 00050000 0006", .callErrors,
            CallErrors(
                lineErrors: .init(crc: 1, framing: 2), hardwareOverruns: 3, bufferOverruns: 4, timeoutErrors: 5,
                alignmentErrors: 6), "RFC 2661 §4.4.6"),
        GoldenAVP(
            "8010 0000 0023 0000000a 0000ffff ffff", .accm, ACCM(send: 0x000A_0000, receive: .max), "RFC 2661 §4.4.6"),
        GoldenAVP("800a 0000 0024 f0f1f2f3", .randomVector, [0xF0, 0xF1, 0xF2, 0xF3], "RFC 2661 §4.4.1"),
        GoldenAVP("0009 0000 0025 76706e", .privateGroupID, [0x76, 0x70, 0x6E], "RFC 2661 §4.4.4"),
        GoldenAVP("000a 0000 0026 00989680", .rxConnectSpeedBPS, 10_000_000, "RFC 2661 §4.4.4"),
        GoldenAVP("8006 0000 0027", .sequencingRequired, EmptyValue(), "RFC 2661 §4.4.4"),
    ]

    private static let access: [GoldenAVP] = [
        GoldenAVP("000a 0000 0028 00000100", .rxMinimumBPS, 256, "RFC 3301 §5.2"),
        GoldenAVP("000a 0000 0029 00000200", .rxMaximumBPS, 512, "RFC 3301 §5.2"),
        GoldenAVP("0008 0000 002a 0001", .serviceCategory, .realTime, "RFC 3301 §5.2"),
        GoldenAVP("0009 0000 002b 707663", .serviceName, "pvc", "RFC 3301 §5.2"),
        GoldenAVP(
            "001a 0000 002c 47000000 00000000 00000000 00000000 00000000", .callingSubAddress,
            [0x47] + Array(repeating: 0, count: 19), "RFC 3301 §5.2"),
        GoldenAVP(
            "000a 0000 002d 00010020", .vpiVCIIdentifier, optional: ATMCircuitID(vpi: 1, vci: 32), "RFC 3301 §5.2"),
        GoldenAVP(
            "000e 0000 002e 00030000 01627965", .pppDisconnectCauseCode,
            PPPDisconnectCause(code: .normal, direction: .peer, message: "bye"), "RFC 3145 §2"),
        GoldenAVP("000a 0000 0031 010405d4", .lcpWantOptions, [1, 4, 5, 0xD4], "RFC 3437 §2.1"),
        GoldenAVP("0008 0000 0032 0702", .lcpAllowOptions, [7, 2], "RFC 3437 §2.2"),
        GoldenAVP("0008 0000 0033 0802", .lnsLastSentLCPConfReq, [8, 2], "RFC 3437 §2.3"),
        GoldenAVP("0008 0000 0034 0702", .lnsLastReceivedLCPConfReq, [7, 2], "RFC 3437 §2.3"),
        GoldenAVP("0006 0000 0035", .modemOnHoldCapable, EmptyValue(), "RFC 3573 §4.1"),
        GoldenAVP(
            "0008 0000 0036 8005", .modemOnHoldStatus, optional: ModemOnHoldStatus(isOnHold: true, timeout: 5),
            "RFC 3573 §4.2"),
        GoldenAVP("000c 0000 0037 11090000 0000", .pppoeRelay, [0x11, 9, 0, 0, 0, 0], "RFC 3817"),
        GoldenAVP("0006 0000 0038", .pppoeRelayResponseCapability, EmptyValue(), "RFC 3817 §2.4.1"),
        GoldenAVP("0006 0000 0039", .pppoeRelayForwardCapability, EmptyValue(), "RFC 3817 §2.4.2"),
        GoldenAVP(
            "0012 0000 0061 00003344 05f5e100 00989680", .connectSpeedUpdate,
            ConnectSpeedUpdate(v2RemoteSessionID: 0x3344, txSpeed: 100_000_000, rxSpeed: 10_000_000), "RFC 5515 §6.1"),
        GoldenAVP("0006 0000 0062", .connectSpeedUpdateEnable, EmptyValue(), "RFC 5515 §6.2"),
    ]

    private static let tunnels: [GoldenAVP] = [
        GoldenAVP("0008 0000 002f b800", .controlConnectionDS, 0xB800, "RFC 3308 §3.1"),
        GoldenAVP("0008 0000 0030 2800", .sessionDS, 0x2800, "RFC 3308 §4.1"),
        GoldenAVP(
            "000e 0000 003a 00010000 00070102", .extendedVendorID,
            ExtendedVendorAVP(vendorID: 0x1_0000, number: 7, value: [1, 2]), "RFC 3931 §5.1"),
        GoldenAVP(
            "000c 0000 004c 00030000 03e8", .failoverCapability,
            FailoverCapability(recoversControlChannel: true, recoversDataChannel: true, recoveryTime: 1000),
            "RFC 4951 §5.1"),
        GoldenAVP(
            "8010 0000 004d 00000000 11220000 3344", .tunnelRecovery,
            TunnelRecovery(tunnelID: TunnelID(0x1122), remoteTunnelID: TunnelID(0x3344)), "RFC 4951 §5.2"),
        GoldenAVP(
            "000c 0000 004e 00000005 0006", .suggestedControlSequence,
            SuggestedControlSequence(ns: ControlSequenceNumber(5), nr: ControlSequenceNumber(6)), "RFC 4951 §5.3"),
        GoldenAVP(
            "8010 0000 004f 00000000 55660000 7788", .failoverSessionState,
            FailoverSessionState(sessionID: SessionID(0x5566), remoteSessionID: SessionID(0x7788)), "RFC 4951 §5.4"),
        GoldenAVP(
            "0008 0000 005d 0a0b", .tunnelSwitchingAggregatorID, [0x0A, 0x0B],
            "draft-ietf-l2tpext-tunnel-switching-06, listed beside the RFCs by IANA"),
        GoldenAVP("0006 0000 0067", .ecnCapability, EmptyValue(), "RFC 9601 §6.1.1.2.1"),
    ]

    private static let multicast: [GoldenAVP] = [
        GoldenAVP("0006 0000 0050", .multicastCapability, EmptyValue(), "RFC 4045 §3.2"),
        GoldenAVP("800a 0000 0051 00010002", .newOutgoingSessions, [1, 2], "RFC 4045 §6.2.1"),
        GoldenAVP("8008 0000 0052 0001", .newOutgoingSessionsAcknowledgement, [1], "RFC 4045 §6.2.2"),
        GoldenAVP("8008 0000 0053 0002", .withdrawOutgoingSessions, [2], "RFC 4045 §6.2.3"),
        GoldenAVP("0008 0000 0054 0002", .multicastPacketsPriority, .multicast, "RFC 4045 §6.3"),
    ]

    private static let rfc3931: [GoldenAVP] = [
        GoldenAVP(
            "8017 0000 003b 00111111 11111111 11111111 11111111 11", .messageDigest,
            MessageDigest(.hmacMD5, digest: Array(repeating: 0x11, count: 16)), "RFC 3931 §5.4.1"),
        GoldenAVP("800a 0000 003c 0a000001", .routerID, 0x0A00_0001, "RFC 3931 §5.4.3"),
        GoldenAVP("800a 0000 003d 11223344", .assignedControlConnectionID, TunnelID(0x1122_3344), "RFC 3931 §5.4.3"),
        GoldenAVP(
            "800a 0000 003e 00040005", .pseudowireCapabilitiesList, [.ethernetVLAN, .ethernet], "RFC 3931 §5.4.3"),
        GoldenAVP("800a 0000 003f 55667788", .localSessionID, SessionID(0x5566_7788), "RFC 3931 §5.4.4"),
        GoldenAVP("800a 0000 0040 99aabbcc", .remoteSessionID, SessionID(0x99AA_BBCC), "RFC 3931 §5.4.4"),
        GoldenAVP(
            "800e 0000 0041 01234567 89abcdef", .assignedCookie, AssignedCookie(0x0123_4567_89AB_CDEF as UInt64),
            "RFC 3931 §5.4.4"),
        GoldenAVP("800a 0000 0042 65746830", .remoteEndID, [0x65, 0x74, 0x68, 0x30], "RFC 3931 §5.4.4"),
        GoldenAVP("8008 0000 0044 0005", .pseudowireType, .ethernet, "RFC 3931 §5.4.4"),
        GoldenAVP("8008 0000 0045 0001", .l2SpecificSublayer, .default, "RFC 3931 §5.4.4"),
        GoldenAVP("8008 0000 0046 0002", .dataSequencing, .all, "RFC 3931 §5.4.4"),
        GoldenAVP("8008 0000 0047 0003", .circuitStatus, [.new, .active], "RFC 3931 §5.4.5"),
        GoldenAVP("0008 0000 0048 656e", .preferredLanguage, "en", "RFC 3931 §5.4.3"),
        GoldenAVP(
            "800a 0000 0049 b0b1b2b3", .controlMessageAuthenticationNonce, [0xB0, 0xB1, 0xB2, 0xB3], "RFC 3931 §5.4.1"),
        GoldenAVP("000e 0000 004a 00000000 3b9aca00", .txConnectSpeed, 1_000_000_000, "RFC 3931 §5.4.4"),
        GoldenAVP("000e 0000 004b 00000000 00000000", .rxConnectSpeed, 0, "RFC 3931 §5.4.4"),
    ]

    private static let pseudowires: [GoldenAVP] = [
        GoldenAVP("0008 0000 0055 0002", .frameRelayHeaderLength, 2, "RFC 4591"),
        GoldenAVP("0008 0000 0056 001c", .atmMaximumConcatenatedCells, 28, "RFC 4454 §6"),
        GoldenAVP("0006 0000 0057", .oamEmulationRequired, EmptyValue(), "RFC 4454 §7"),
        GoldenAVP(
            "000a 0000 0058 00030002", .atmAlarmStatus,
            ATMAlarmStatus(reason: .init(rawValue: 3), alarm: .init(rawValue: 2)), "RFC 4454 §8.1"),
        GoldenAVP("0008 0000 0059 0102", .attachmentGroupIdentifier, [1, 2], "RFC 4667 §4.3"),
        GoldenAVP("0008 0000 005a 0304", .localEndIdentifier, [3, 4], "RFC 4667 §4.3"),
        GoldenAVP("0008 0000 005b 05dc", .interfaceMTU, 1500, "RFC 4667 §4.3"),
        GoldenAVP("0008 0000 005c 0004", .fcsRetention, 4, "RFC 4720 §4"),
        GoldenAVP("0008 0000 005e 05d4", .maximumReceiveUnit, 1492, "RFC 4623 §5.3"),
        GoldenAVP("0008 0000 005f 2328", .maximumReassembledReceiveUnit, 9000, "RFC 4623 §5.4"),
        GoldenAVP(
            "0008 0000 0060 0105", .vccvCapability,
            VCCVCapability(controlChannels: .sublayerBit, verifications: [.icmpPing, .bfdIP]), "RFC 5085 §6.3.1"),
        GoldenAVP(
            "000c 0000 0063 00050020 0100", .tdmPseudowire,
            optional: TDMPseudowire(signaling: 1, trunk: 1, bitRate: 32, payloadByteCount: 256), "RFC 5611 §2.1"),
        GoldenAVP(
            "0010 0000 0064 e0800000 03e80000 0001", .rtp,
            optional: RTPParameters(
                isDifferential: true, payloadType: 96, followsControlWord: true, timestampClockFrequency: 1000, ssrc: 1),
            "RFC 5611 §2.2"),
        GoldenAVP("000c 0000 0065 01040a00 0001", .pseudowireSwitchingPoint, [1, 4, 10, 0, 0, 1], "RFC 6073"),
        GoldenAVP("000e 0000 0066 00000001 00000002", .targetDiscriminatorID, [1, 2], "RFC 7886 §2"),
    ]
}
