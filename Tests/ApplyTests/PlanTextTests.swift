import L2TPConfig
import L2TPModel
import L2TPWire
import Testing

@testable import l2tp_apply

/// Plans as text, from values.
@Suite struct PlanTextTests {
    private static let hq = ConfigurationPath(["tunnel", "hq"])
    private static let lan = hq.appending("session", "lan")
    private static let voice = hq.appending("session", "voice")
    private static let tunnel = TunnelSpecification(
        id: TunnelID(3000), peerID: TunnelID(4000), local: .v4(IPv4Address(number: 0xc000_0201)),
        peer: .v4(IPv4Address(number: 0xc633_6407)),
        encapsulation: .udp(UDPParameters(sourcePort: 5000, destinationPort: 6000)))

    private static func session(_ id: UInt32, _ peer: UInt32) -> SessionSpecification {
        SessionSpecification(tunnelID: TunnelID(3000), id: SessionID(id), peerID: SessionID(peer))
    }

    private static let mac = MACAddress("02:00:00:00:00:01")

    /// The interface of session 1000.
    private static var interface: InterfaceState {
        var link = Link(index: 7, name: "l2tp-lan", mtu: 1446, isUp: true)
        link.macAddress = mac
        let address = InterfaceAddress(
            linkIndex: 7, address: .v4(IPv4Address(number: 0x0a2a_0101)), prefixBitCount: 30)
        return InterfaceState(link: link, addresses: [address], masterName: "br0")
    }

    private static func recreation(_ setup: InterfaceSetup, attributes: [AttributeChange]) -> Change {
        Change(
            .recreate, .session(SessionKey(SessionID(1000), in: TunnelID(3000))), name: "lan", path: lan,
            attributes: attributes,
            steps: [
                .deleteSession(SessionSnapshot(specification: session(1000, 2000), interface: interface)),
                .createSession(session(1000, 2001), setup),
            ])
    }

    private static var configuration: Configuration {
        var session = SessionConfiguration(name: "lan", specification: session(1000, 2001))
        session.interface.master = (try? InterfaceName("br0")).map { .bridge($0) }
        return Configuration(tunnels: [TunnelConfiguration(name: "hq", specification: tunnel, sessions: [session])])
    }

    private static var places: Places {
        Places { path in
            let lines = [
                hq: 2, lan: 9, lan.appending("peer_session_id"): 14, lan.appending("interface", "mtu"): 18, voice: 20,
                voice.appending("reorder_timeout"): 22,
            ]
            var path = path
            while !path.keys.isEmpty {
                if let line = lines[path] {
                    return SourceLocation(
                        file: "/etc/l2tp/site-a.toml", position: SourcePosition(line: line, column: 1))
                }
                path.keys.removeLast()
            }
            return nil
        }
    }

    private func text(_ plan: Plan, isDown: Bool = false, isColoured: Bool = false) -> String {
        PlanText(
            plan, Self.configuration, places: Self.places, isDown: isDown, style: Style(isColoured: isColoured)
        ).text
    }

    private func lines(_ plan: Plan) -> [String] {
        let text = text(plan)
        #expect(text.hasSuffix("\n"))
        return text.dropLast().split(separator: "\n").map(String.init)
    }

    private var plan: Plan {
        let kept = InterfaceSetup(
            macAddress: Self.mac, addressesToAdd: Self.interface.addresses.map(\.specification),
            master: .named("br0"))
        let old = TunnelSnapshot(
            specification: Self.tunnel,
            sessions: [1, 2].map { SessionSnapshot(specification: Self.session($0, $0), interface: nil) })
        return Plan(
            changes: [
                Self.recreation(
                    kept,
                    attributes: [AttributeChange("peer_session_id", old: "2000", new: "2001", forcesRecreation: true)]),
                Change(
                    .modify, .session(SessionKey(SessionID(1001), in: TunnelID(3000))), name: "voice",
                    path: Self.voice, attributes: [AttributeChange("reorder_timeout", old: "0", new: "100ms")]),
                Change(.delete, .tunnel(TunnelID(3100)), name: "old", path: nil, steps: [.deleteTunnel(old)]),
                Change(.delete, .session(SessionKey(SessionID(1), in: TunnelID(3100))), name: "a", path: nil),
                Change(.delete, .session(SessionKey(SessionID(2), in: TunnelID(3100))), name: "b", path: nil),
            ], unchangedCount: 6)
    }

    @Test func everyKind() {
        #expect(
            lines(plan) == [
                "tunnel hq (3000)                                                 /etc/l2tp/site-a.toml:2",
                "  session lan (1000)    re-create  peer_session_id 2000 -> 2001  line 14",
                "                                   l2tp-lan loses its link for about 0.1 s; "
                    + "MAC, addresses and bridge br0 are kept",
                "  session voice (1001)  modify     reorder_timeout 0 -> 100ms    line 22",
                "tunnel old (3100)       delete     2 sessions                    no longer configured",
            ])
        #expect(Counts(plan).text == "1 re-created, 1 modified, 1 deleted, 6 unchanged")
    }

    @Test func colours() {
        let lines = text(plan, isColoured: true).split(separator: "\n")
        #expect(lines[1].contains("  \u{1b}[33mre-create\u{1b}[0m  peer"))
        #expect(lines[3].contains("\u{1b}[36mmodify\u{1b}[0m     reorder"))
        #expect(lines[4].contains("\u{1b}[31mdelete\u{1b}[0m     2 sessions"))
        let plain = lines.map { $0.replacing(/\u{1b}\[[0-9]*m/, with: "") }
        #expect(plain.joined(separator: "\n") + "\n" == text(plan))
    }

    @Test func takenDown() {
        var plan = plan
        plan.changes.removeFirst(2)
        #expect(text(plan, isDown: true) == "tunnel old (3100)  delete  2 sessions\n")
    }

    @Test func severalAttributesHaveALineEach() {
        let attributes = [
            AttributeChange("peer_session_id", old: "2000", new: "2001", forcesRecreation: true),
            AttributeChange("interface.mtu", old: "1446", new: "1400"),
            AttributeChange("cookie", old: nil, new: "8 bytes", forcesRecreation: true),
        ]
        let lost = InterfaceSetup()
        #expect(
            lines(Plan(changes: [Self.recreation(lost, attributes: attributes)])) == [
                "tunnel hq (3000)                                               /etc/l2tp/site-a.toml:2",
                "  session lan (1000)  re-create  peer_session_id 2000 -> 2001  line 14",
                "                                 interface.mtu 1446 -> 1400    line 18",
                "                                 cookie (none) -> 8 bytes      line 9",
                "                                 l2tp-lan loses its link for about 0.1 s; "
                    + "MAC, addresses and bridge br0 change",
            ])
    }

    @Test func creations() {
        var specification = Self.session(1000, 2000)
        specification.interfaceName = try? InterfaceName("l2tp-lan")
        let setup = InterfaceSetup(master: .named("br0"), namespace: .named("site"))
        let plan = Plan(changes: [
            Change(
                .create, .tunnel(TunnelID(3000)), name: "hq", path: Self.hq, steps: [.createTunnel(Self.tunnel)]),
            Change(
                .create, .session(specification.key), name: "lan", path: Self.lan,
                steps: [.createSession(specification, setup)]),
        ])
        #expect(
            lines(plan) == [
                "tunnel hq (3000)      create  udp 192.0.2.1:5000 -> 198.51.100.7:6000, peer tunnel 4000"
                    + "          /etc/l2tp/site-a.toml:2",
                "  session lan (1000)  create  peer session 2000, interface l2tp-lan, namespace site, master br0  line 9",
            ])
        #expect(Counts(plan).text == "2 created")
    }
}
