import L2TPModel
import L2TPWire
import Testing

@testable import l2tp

/// A tunnel of an encapsulation that only a newer kernel knows is shown like the others.
@Suite struct UnknownEncapsulationTests {
    private static let tunnel = Tunnel(
        id: TunnelID(7), peerID: TunnelID(8), encapsulation: .other(9), local: .v4(IPv4Address(number: 0xc000_0201)),
        peer: .v4(IPv4Address(number: 0xc000_0202)))

    @Test func text() {
        #expect(
            TextOutput().text(of: [Self.tunnel]) == """
                Tunnel 7, encap ??
                  From 192.0.2.1 to 192.0.2.2
                  Peer tunnel 8

                """)
    }

    @Test func json() {
        let text = JSONOutput().text(of: [Self.tunnel])
        #expect(text.hasPrefix(#"[{"tunnel_id":7,"encap":"9","local":"192.0.2.1","peer":"192.0.2.2","peer_tunnel":8,"#))
        #expect(!text.contains("local_port"))
    }
}
