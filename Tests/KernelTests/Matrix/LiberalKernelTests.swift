import L2TPContract
import L2TPModel
import L2TPNetlink
import L2TPWire
import LinkControl
import Netlink
import SystemPackage
import Testing

extension KernelTests {
    /// What the kernel makes of requests that our client does not send.
    @Suite(.sitePair)
    struct LiberalKernelTests {
        let pair: SitePair

        init() throws {
            pair = try SitePair.current()
            try pair.left.deleteAllTunnels()
        }

        /// On creation the presence of the attribute counts, not its value.
        @Test(arguments: [nil, 0, 1] as [UInt8?])
        func udpChecksumOfZeroMeansOn(_ value: UInt8?) throws {
            var kernel = try RawL2TP(in: pair.left)
            let attribute = value.map { [RawAttribute(Attribute.udpChecksum, number: $0)] } ?? []
            try kernel.send(.tunnelCreate, Self.tunnel(.udp(1)) + attribute)
            var client = try pair.left.client()
            #expect(try client.tunnel(TunnelID(1))?.encapsulation.udp?.ipv4Checksum == (value != nil))
        }

        /// The kernel takes any length up to 8 bytes in either direction, and sends what it was given.
        @Test(arguments: 0...8)
        func cookieOfAnyLength(_ byteCount: Int) throws {
            var client = try pair.left.client()
            try client.createTunnel(.udp(1))
            let cookie = (0..<byteCount).map { UInt8(0xa0 + $0) }
            var kernel = try RawL2TP(in: pair.left)
            try kernel.send(
                .sessionCreate,
                Self.session(31, named: "pw") + [
                    RawAttribute(Attribute.cookie, cookie), RawAttribute(Attribute.peerCookie, cookie),
                ])
            let session = try #require(try client.session(SessionID(31), in: TunnelID(1)))
            #expect(session.cookie?.byteCount ?? 0 == byteCount)
            #expect(session.peerCookie == session.cookie)
            #expect(try pair.left.link("pw")?.mtu == 1446 - UInt32(byteCount))

            try Shell.ip(["link set pw up"], in: pair.left)
            let tap = try FrameTap(SitePair.interface, in: pair.right)
            try PacketSocket("pw", in: pair.left).send(TestFrame.bytes(number: 0))
            let payloads = try tap.frames().compactMap { OuterPacket(frame: $0)?.payload }
            let start: [UInt8] = [0, 3, 0, 0, 0, 0, 0, 31]
            #expect(payloads == [start + cookie + [0, 0, 0, 0] + TestFrame.bytes(number: 0)])
        }

        @Test(arguments: [RawL2TP.Attribute.cookie, RawL2TP.Attribute.peerCookie])
        func cookieIsTooLong(_ attribute: NetlinkAttributeType) throws {
            var client = try pair.left.client()
            try client.createTunnel(.udp(1))
            let error = #expect(throws: NetlinkError.self) {
                var kernel = try RawL2TP(in: pair.left)
                try kernel.send(
                    .sessionCreate,
                    Self.session(31, named: "pw") + [RawAttribute(attribute, [UInt8](repeating: 1, count: 9))])
            }
            #expect(error?.errno == .outOfRange)
            #expect(try client.sessions() == [])
        }

        /// A deletion is over only when the kernel says so by accepting the same again; until then it
        /// refuses the identifier as taken, and gives no other reason.
        @Test(arguments: [TunnelSpecification.udp(1), .ip(1), .udp(1, .v6), .ip(1, .v6)])
        func creationDuringDeletion(_ tunnel: TunnelSpecification) throws {
            var kernel = try RawL2TP(in: pair.left)
            for _ in 1...5 {
                try persist { () throws(NetlinkError) in try kernel.send(.tunnelCreate, Self.tunnel(tunnel)) }
                try persist { () throws(NetlinkError) in
                    try kernel.send(.sessionCreate, Self.session(31, named: "pw"))
                }
                try kernel.send(.sessionDelete, Array(Self.session(31, named: "pw")[..<2]))
                try persist { () throws(NetlinkError) in
                    try kernel.send(.sessionCreate, Self.session(31, named: "pw"))
                }
                try kernel.send(.tunnelDelete, [RawAttribute(Attribute.tunnelID, number: tunnel.id.rawValue)])
            }
        }

        /// Tries until it works, for a while; whoever refuses must do so with `EEXIST`.
        private func persist(_ body: () throws(NetlinkError) -> Void) throws {
            let isDone = try eventually {
                do throws(NetlinkError) {
                    try body()
                    return true
                } catch {
                    try #require(error == NetlinkError(.request, .fileExists))
                    return false
                }
            }
            try #require(isDone)
        }

        private typealias Attribute = RawL2TP.Attribute

        private static func tunnel(_ tunnel: TunnelSpecification) -> [RawAttribute] {
            var attributes = [
                RawAttribute(Attribute.tunnelID, number: tunnel.id.rawValue),
                RawAttribute(Attribute.peerTunnelID, number: tunnel.peerID.rawValue),
                RawAttribute(Attribute.version, number: UInt8(3)),
                RawAttribute(Attribute.encapsulation, number: UInt16(tunnel.encapsulation.kind == .udp ? 0 : 1)),
            ]
            for (place, address) in [tunnel.local, tunnel.peer].enumerated() {
                switch address {
                case .v4(let address):
                    attributes.append(RawAttribute(Attribute.ipv4[place], address.number.bytes))
                case .v6(let address):
                    attributes.append(RawAttribute(Attribute.ipv6[place], address.high.bytes + address.low.bytes))
                }
            }
            if let udp = tunnel.encapsulation.udp {
                attributes.append(RawAttribute(Attribute.ports[0], number: udp.sourcePort))
                attributes.append(RawAttribute(Attribute.ports[1], number: udp.destinationPort))
            }
            return attributes
        }

        /// A session of tunnel 1; the first two attributes identify it.
        private static func session(_ id: UInt32, named name: String) -> [RawAttribute] {
            RawL2TP.identifiers(SessionID(id), in: TunnelID(1)) + [
                RawAttribute(Attribute.peerSessionID, number: id),
                RawAttribute(Attribute.pseudowire, number: UInt16(5)),
                RawAttribute(Attribute.interface, text: name),
            ]
        }
    }
}
