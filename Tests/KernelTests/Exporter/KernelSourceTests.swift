import L2TPMetrics
import L2TPModel
import L2TPNetlink
import L2TPWire
import LinkControl
import Netlink
import Testing

extension KernelTests {
    /// What the exporter makes of a real kernel.
    @Suite("Metrics of tunnels and sessions", .sitePair)
    struct KernelSourceTests {
        let pair: SitePair

        init() throws {
            pair = try SitePair.current()
            for side in Side.allCases { try pair[side].deleteAllTunnels() }
        }

        /// The values by their series.
        private func values(_ source: KernelSource<NetlinkSocket>) throws -> [String: UInt64] {
            let result = WalkResult(walking: [source], version: "1.0")
            let text = String(decoding: ExpositionFormat.text004.text(of: result.families), as: UTF8.self)
            var values: [String: UInt64] = [:]
            for line in text.split(separator: "\n") where !line.hasPrefix("#") {
                let blank = try #require(line.lastIndex(of: " "))
                values[String(line[..<blank])] = UInt64(line[line.index(after: blank)...])
            }
            return values
        }

        private func source(_ selection: NamespaceSelection) -> KernelSource<NetlinkSocket> {
            KernelSource(KernelReader(.kernel, selection))
        }

        private func labels(_ side: Side) -> String {
            "{netns=\"\(pair[side].name)\",tunnel_id=\"\(Cell.tunnelID(side))\",session_id=\"\(Cell.sessionID(side))\"}"
        }

        @Test("are the kernel's counters, cookie discards included")
        func counters() throws {
            let cell = Cell(encapsulation: .udp, ipVersion: .v4, cookieLength: .eight)
            let wire = try Pseudowire(in: pair, cell) { side, _, session in
                if side == .right { session.peerCookie = Cookie(UInt64(7)) }
            }
            let source = source(.named([pair.left.name, pair.right.name]))
            // Nobody sends more of these, as ARP does for a ping that nobody answers.
            let socket = try PacketSocket(Cell.interface, in: pair.left)
            for number in 0..<3 { try socket.send(TestFrame.bytes(number: number)) }
            let haveArrived = try eventually { try wire.session(.right).statistics.receiveCookieDiscards == 3 }
            #expect(haveArrived)
            let values = try values(source)
            for side in Side.allCases {
                let statistics = try wire.session(side).statistics
                let expected: [(String, UInt64?)] = [
                    ("transmit_packets", statistics.transmitPackets), ("transmit_bytes", statistics.transmitBytes),
                    ("transmit_errors", statistics.transmitErrors), ("receive_packets", statistics.receivePackets),
                    ("receive_bytes", statistics.receiveBytes), ("receive_errors", statistics.receiveErrors),
                    ("receive_sequence_discards", statistics.receiveSequenceDiscards),
                    ("receive_out_of_sequence_packets", statistics.receiveOutOfSequencePackets),
                    ("receive_cookie_discards", statistics.receiveCookieDiscards),
                ]
                for (name, value) in expected {
                    #expect(values["l2tp_session_\(name)_total\(labels(side))"] == value, "\(name) \(side)")
                }
            }
            #expect(values["l2tp_session_receive_cookie_discards_total\(labels(.right))"] == 3)
            #expect(values["l2tp_up{netns=\"\(pair.left.name)\"}"] == 1)
            try wire.remove()
        }

        @Test("follow an interface that is set down, renamed and given another MTU")
        func interface() throws {
            let wire = try Pseudowire(in: pair, Cell(encapsulation: .udp, ipVersion: .v4))
            let source = source(.named([pair.left.name]))
            func state() throws -> [UInt64?] {
                let values = try values(source)
                return ["operational", "mtu_bytes"].map { values["l2tp_session_interface_\($0)\(labels(.left))"] }
            }
            let mtu = UInt64(try pair.left.requireLink(Cell.interface).mtu)
            #expect(try state() == [1, mtu])
            try Shell.ip(
                ["link set \(Cell.interface) down", "link set \(Cell.interface) name lan mtu 1300"], in: pair.left)
            #expect(try state() == [0, 1300])
            try Shell.ip(["link set lan up"], in: pair.left)
            #expect(try state() == [1, 1300])
            let infos = try values(source).keys.filter { $0.hasPrefix("l2tp_session_info") }
            #expect(infos.count == 1 && infos.allSatisfy { $0.contains("interface=\"lan\"") }, "\(infos)")
            try wire.remove()
            #expect(try state() == [nil, nil])
        }

        @Test("of all namespaces: one that is deleted vanishes, and is not kept alive")
        func deletedNamespace() throws {
            let source = source(.all)
            let other = try TestNamespace.make(1)[0]
            do {
                defer { TestNamespace.remove([other]) }
                try Shell.ip(["link add there netns \(other.name) type veth peer name here"], in: pair.left)
                #expect(try values(source)["l2tp_tunnels{netns=\"\(other.name)\"}"] == 0)
            }
            #expect(try pair.left.link("here") != nil, "the sockets keep the namespace")
            let values = try values(source)
            #expect(values["l2tp_tunnels{netns=\"\(other.name)\"}"] == nil)
            #expect(values["l2tp_up{netns=\"\(other.name)\"}"] == nil)
            #expect(values["l2tp_up{netns=\"\(pair.left.name)\"}"] == 1)
            // The other end of a veth goes with its namespace.
            #expect(try eventually { try pair.left.link("here") == nil })
        }

        @Test("survive that the modules are unloaded, cannot be loaded, and are loaded again")
        func modules() throws {
            var client: L2TPClient<NetlinkSocket>? = try pair.left.client()
            try client?.createTunnel(.udp(1))
            let source = source(.named([pair.left.name]))
            let (up, tunnels) = ("l2tp_up{netns=\"\(pair.left.name)\"}", "l2tp_tunnels{netns=\"\(pair.left.name)\"}")
            #expect(try values(source)[tunnels] == 1)
            client = nil
            try pair.left.deleteAllTunnels()
            try L2TPModules.without("l2tp_netlink") {
                let values = try values(source)
                #expect(values[up] == 0)
                #expect(values[tunnels] == nil)
            }
            let later = try values(source)
            #expect(later[up] == 1)
            #expect(later[tunnels] == 0)
            // Unseen: the family has another number then.
            try L2TPModules.unload()
            #expect(try values(source)[up] == 1)
        }
    }
}
