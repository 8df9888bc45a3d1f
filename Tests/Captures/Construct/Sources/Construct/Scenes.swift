import L2TPWire
import L2TPWireCrypto

/// What is in the captures of whole control connections.
enum Scenes {
    /// The secret of all control connections.
    static let secret = "open sesame"

    /// Over UDP, with HMAC-MD5. Host b answers from another port than the one that was asked, a asks from a third one
    /// (RFC 3931 §4.1.2.2). A session with cookies of different lengths, sublayer and numbers both ways; its Remote End ID
    /// is hidden.
    static func overUDP() throws -> Capture {
        var connection = ControlConnection(
            encapsulation: .udp, algorithm: .hmacMD5, secret: SharedSecret(secret),
            a: .init(host: .a.at(port: 40_001), id: TunnelID(3000), nonce: Array(0xa0...0xaf)),
            b: .init(host: .b, id: TunnelID(4000), nonce: Array(0xb0...0xbf)),
            capture: Capture("v3-control-udp.pcap"))
        try connection.establish(repliesFrom: 40_002)

        var session = Session(
            a: .init(id: SessionID(1000), cookie: Cookie(0x0123_4567_89ab_cdef as UInt64), isSequenced: true),
            b: .init(id: SessionID(2000), cookie: Cookie(0x8899_aabb as UInt32), isSequenced: true))
        let randomVector = RandomVector(Array(0xc0...0xcf))
        try connection.send(.incomingCallRequest, from: .a) { writer in
            try session.name(by: .a, knowsPeer: false, &writer)
            try writer.append(.callSerialNumber, 1)
            try writer.append(.pseudowireType, .ethernet)
            try writer.append(randomVector)
            try writer.append(
                hiding: .remoteEndID, Array("lan, third floor".utf8),
                with: HidingKey(SharedSecret(secret), version: .v3), randomVector: randomVector, padding: [1, 2, 3])
            try session.format(of: .a, &writer)
            try writer.append(.circuitStatus, [.active, .new])
            try writer.append(.txConnectSpeed, 1_000_000_000)
            try writer.append(.rxConnectSpeed, 1_000_000_000)
        }
        try connection.send(.incomingCallReply, from: .b) { writer in
            try session.name(by: .b, &writer)
            try session.format(of: .b, &writer)
            try writer.append(.circuitStatus, [.active, .new])
        }
        try connection.send(.incomingCallConnected, from: .a) { writer in
            try session.name(by: .a, &writer)
            try writer.append(.circuitStatus, .active)
        }
        try connection.send(.acknowledgement, from: .b)
        try session.exchangeData(over: &connection)

        try connection.send(.hello, from: .b)
        try connection.send(.acknowledgement, from: .a)
        try connection.send(.setLinkInfo, from: .a) { writer in
            try session.name(by: .a, &writer)
            try writer.append(.circuitStatus, CircuitStatus(rawValue: 0))
        }
        try connection.send(.acknowledgement, from: .b)
        try connection.send(.wanErrorNotify, from: .a) { writer in
            try session.name(by: .a, &writer)
            try writer.append(
                .callErrors,
                CallErrors(
                    lineErrors: nil, hardwareOverruns: 1, bufferOverruns: 2, timeoutErrors: 3, alignmentErrors: 4))
        }
        try connection.send(.acknowledgement, from: .b)
        try connection.send(.callDisconnectNotify, from: .b) { writer in
            try session.name(by: .b, &writer)
            try writer.append(
                .resultCode,
                ResultCodeValue(disconnect: .generalError, error: .init(.insufficientResources, message: "no bridge")))
        }
        try connection.send(.acknowledgement, from: .a)
        try connection.stop(from: .a)
        return connection.capture
    }

    /// Over IP, with HMAC-SHA-1. A call of a's with a cookie and numbers towards a alone; then a call that a asks b for,
    /// with cookies of 8 bytes and without sublayers.
    static func overIP() throws -> Capture {
        var connection = ControlConnection(
            encapsulation: .ip, algorithm: .hmacSHA1, secret: SharedSecret(secret),
            a: .init(host: .a, id: TunnelID(0xffff_fffe), nonce: Array(0x10...0x23)),
            b: .init(host: .b, id: TunnelID(1), nonce: Array(0x30...0x43)),
            capture: Capture("v3-control-ip.pcap"))
        try connection.establish()

        var incoming = Session(
            a: .init(id: SessionID(0xffff_ffff), cookie: Cookie(0x0011_2233 as UInt32), isSequenced: true),
            b: .init(id: SessionID(1)))
        try connection.send(.incomingCallRequest, from: .a) { writer in
            try incoming.name(by: .a, knowsPeer: false, &writer)
            try writer.append(.callSerialNumber, 1)
            try writer.append(.pseudowireType, .ethernet)
            try writer.append(.remoteEndID, Array("eth0".utf8))
            try incoming.format(of: .a, &writer)
            try writer.append(.circuitStatus, [.active, .new])
        }
        try connection.send(.incomingCallReply, from: .b) { writer in
            try incoming.name(by: .b, &writer)
            try incoming.format(of: .b, &writer)
            try writer.append(.circuitStatus, [.active, .new])
        }
        try connection.send(.incomingCallConnected, from: .a) { writer in
            try incoming.name(by: .a, &writer)
            try incoming.format(of: .a, withCookie: false, &writer)
        }
        try connection.send(.acknowledgement, from: .b)
        try incoming.exchangeData(over: &connection)

        var outgoing = Session(
            a: .init(id: SessionID(1001), cookie: Cookie(0x0123_4567_89ab_cdef as UInt64), sublayer: .none),
            b: .init(id: SessionID(2001), cookie: Cookie(0xfedc_ba98_7654_3210 as UInt64), sublayer: .none))
        try connection.send(.outgoingCallRequest, from: .a) { writer in
            try outgoing.name(by: .a, knowsPeer: false, &writer)
            try writer.append(.callSerialNumber, 2)
            try writer.append(.pseudowireType, .ethernet)
            try writer.append(.remoteEndID, Array("eth1".utf8))
            try outgoing.format(of: .a, &writer)
            try writer.append(.circuitStatus, [.active, .new])
        }
        try connection.send(.outgoingCallReply, from: .b) { writer in
            try outgoing.name(by: .b, &writer)
            try outgoing.format(of: .b, &writer)
            try writer.append(.circuitStatus, [.active, .new])
        }
        try connection.send(.outgoingCallConnected, from: .b) { writer in
            try outgoing.name(by: .b, &writer)
            try writer.append(.circuitStatus, .active)
        }
        try connection.send(.acknowledgement, from: .a)
        try outgoing.exchangeData(over: &connection)

        try connection.send(.hello, from: .a)
        try connection.send(.acknowledgement, from: .b)
        try connection.stop(from: .b)
        return connection.capture
    }
}
