import L2TPModel
import L2TPWire
import Testing

@Suite struct TunnelOverheadTests {
    /// The MTU of new l2tpeth interfaces over a path of 1500, measured on Linux 6.1 and 6.12: with the default sublayer
    /// and cookies of 0, 4 and 8 bytes, then without a sublayer.
    static let measured: [(Encapsulation, IPVersion, [UInt32])] = [
        (.udp, .v4, [1446, 1442, 1438, 1450, 1446, 1442]),
        (.ip, .v4, [1458, 1454, 1450, 1462, 1458, 1454]),
        (.udp, .v6, [1426, 1422, 1418, 1430, 1426, 1422]),
        (.ip, .v6, [1438, 1434, 1430, 1442, 1438, 1434]),
    ]

    static func tunnel(_ encapsulation: Encapsulation, _ version: IPVersion) throws -> TunnelSpecification {
        let texts = version == .v4 ? ["192.0.2.1", "192.0.2.2"] : ["2001:db8::1", "2001:db8::2"]
        let addresses = try texts.map { try #require(IPAddress($0)) }
        return TunnelSpecification(
            id: TunnelID(1), peerID: TunnelID(2), local: addresses[0], peer: addresses[1],
            encapsulation: encapsulation == .ip ? .ip : .udp(UDPParameters(sourcePort: 5000, destinationPort: 6000)))
    }

    static func session(
        _ sublayer: L2SpecificSublayer = .default, cookie: Cookie? = nil
    ) -> SessionSpecification {
        SessionSpecification(
            tunnelID: TunnelID(1), id: SessionID(1), peerID: SessionID(2), l2SpecificSublayer: sublayer, cookie: cookie)
    }

    static let cookies: [Cookie?] = [nil, Cookie(UInt32(1)), Cookie(UInt64(1))]

    @Test(arguments: measured)
    func asMeasured(encapsulation: Encapsulation, version: IPVersion, mtus: [UInt32]) throws {
        let tunnel = try Self.tunnel(encapsulation, version)
        var computed: [UInt32] = []
        for sublayer in [L2SpecificSublayer.default, .none] {
            for cookie in Self.cookies {
                let session = Self.session(sublayer, cookie: cookie)
                computed.append(tunnel.interfaceMTU(of: session, pathMTU: 1500))
                #expect(Int(try #require(computed.last)) == 1500 - tunnel.overhead(of: session))
            }
        }
        #expect(computed == mtus)
    }

    /// Both computations of the toolkit agree wherever the standard's cookies are used.
    @Test(arguments: Encapsulation.allCases, IPVersion.allCases)
    func agreesWithTheWireFormat(encapsulation: Encapsulation, version: IPVersion) throws {
        let tunnel = try Self.tunnel(encapsulation, version)
        for sublayer in L2SpecificSublayer.allCases {
            for cookie in Self.cookies {
                let overhead = EncapsulationOverhead(
                    encapsulation: encapsulation, ipVersion: version,
                    sentCookieLength: try #require(CookieLength(of: cookie)), sublayer: sublayer)
                for pathMTU in [100, 1280, 1400, 1500, 9000, 65_535, 65_536, 70_000] {
                    let mtu = tunnel.interfaceMTU(
                        of: Self.session(sublayer, cookie: cookie), pathMTU: UInt32(pathMTU))
                    #expect(Int(mtu) == overhead.interfaceMTU(pathMTU: pathMTU))
                }
            }
        }
    }

    @Test("the peer's cookie and sequence numbers do not count")
    func whatWeExpect() throws {
        var session = Self.session()
        session.peerCookie = Cookie(UInt64(1))
        session.sendsSequenceNumbers = true
        session.requiresSequenceNumbers = true
        #expect(try Self.tunnel(.udp, .v4).overhead(of: session) == 54)
    }

    @Test("a path that the headers do not fit counts as one of 1500")
    func tooSmall() throws {
        let tunnel = try Self.tunnel(.udp, .v4)
        #expect(tunnel.interfaceMTU(of: Self.session(), pathMTU: 54) == 0)
        for pathMTU: UInt32 in [0, 53] {
            #expect(tunnel.interfaceMTU(of: Self.session(), pathMTU: pathMTU) == 1446)
        }
    }

    @Test("no IP packet is longer than its length field allows")
    func tooLarge() throws {
        for pathMTU: UInt32 in [65_536, .max] {
            #expect(try Self.tunnel(.udp, .v4).interfaceMTU(of: Self.session(), pathMTU: pathMTU) == 65_535 - 54)
        }
        #expect(try Self.tunnel(.udp, .v6).interfaceMTU(of: Self.session(), pathMTU: 65_536) == 65_536 - 74)
        #expect(try Self.tunnel(.udp, .v6).interfaceMTU(of: Self.session(), pathMTU: .max) == 65_575 - 74)
    }

    @Test("an encapsulation that is not known counts as IP")
    func unknownEncapsulation() throws {
        var tunnel = try Self.tunnel(.ip, .v6)
        tunnel.encapsulation = .other(7)
        #expect(tunnel.overhead(of: Self.session(.none)) == 58)
    }
}
