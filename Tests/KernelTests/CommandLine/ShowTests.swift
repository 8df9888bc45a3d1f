import Foundation
import L2TPModel
import L2TPNetlink
import L2TPWire
import Testing

extension KernelTests {
    /// What `l2tp show` prints, against `ip l2tp show` and against what the kernel says.
    @Suite(.sitePair)
    struct ShowTests {
        let pair: SitePair

        init() throws {
            pair = try SitePair.current()
            try pair.left.deleteAllTunnels()
        }

        static let tunnels: [TunnelSpecification] = [
            .ip(1), .ip(1, .v6), .udp(1), .udp(1).with { $0.ipv4Checksum = true }, .udp(1, .v6),
            .udp(1, .v6).with { $0.ipv6TransmitChecksum = false },
            .udp(1, .v6).with { $0.ipv6ReceiveChecksum = false },
            .udp(1, .v6).with { ($0.ipv6TransmitChecksum, $0.ipv6ReceiveChecksum) = (false, false) },
        ]

        @Test(arguments: tunnels)
        func tunnel(_ specification: TunnelSpecification) throws {
            var client = try pair.left.client()
            try client.createTunnel(specification)
            try expectSameText("tunnel")
            let tunnel = try #require(try client.tunnel(specification.id))
            let object = try json("tunnel")
            #expect(object["tunnel_id"] as? Int == 1)
            #expect(object["peer_tunnel"] as? Int == 1)
            #expect(object["local"] as? String == tunnel.local?.description)
            #expect(object["peer"] as? String == tunnel.peer?.description)
            #expect(object["version"] as? Int == 3)
            if let udp = tunnel.encapsulation.udp {
                #expect(object["local_port"] as? Int == Int(udp.sourcePort))
                #expect(object["peer_port"] as? Int == Int(udp.destinationPort))
            }
            try check(object["statistics"], tunnel.statistics)
            try expectSameJSON("tunnel")
        }

        static let sessions: [SessionSpecification] = [
            .unnamed(10, in: 1),
            .unnamed(10, in: 1).with { $0.cookie = Cookie(UInt32(0x0123_4567)) },
            .unnamed(10, in: 1).with { $0.peerCookie = Cookie(UInt64(0x0123_4567_89ab_cdef)) },
            .unnamed(10, in: 1).with { $0.sendsSequenceNumbers = true },
            .unnamed(10, in: 1).with { $0.requiresSequenceNumbers = true },
            .unnamed(10, in: 1).with { $0.reorderTimeout = .milliseconds(100) },
            .unnamed(10, in: 1).with {
                $0.cookie = Cookie(UInt64(0x0123_4567_89ab_cdef))
                $0.peerCookie = Cookie(UInt32(0))
                $0.sendsSequenceNumbers = true
                $0.requiresSequenceNumbers = true
                $0.reorderTimeout = .milliseconds(20)
                $0.lnsMode = true
            },
        ]

        @Test(arguments: sessions)
        func session(_ specification: SessionSpecification) throws {
            var client = try pair.left.client()
            try client.createTunnel(.udp(1))
            try client.createSession(specification)
            try expectSameText("session")
            let session = try #require(try client.session(specification.id, in: specification.tunnelID))
            let object = try json("session")
            #expect(object["session_id"] as? Int == 10)
            #expect(object["tunnel_id"] as? Int == 1)
            #expect(object["peer_session_id"] as? Int == 10)
            #expect(object["peer_tunnel_id"] as? Int == 1)
            #expect(object["interface"] as? String == "l2tpeth0")
            #expect(object["cookie"] as? String == session.cookie?.hexadecimal)
            #expect(object["peer_cookie"] as? String == session.peerCookie?.hexadecimal)
            #expect(object["send_seq"] as? Bool == session.sendsSequenceNumbers)
            #expect(object["recv_seq"] as? Bool == session.requiresSequenceNumbers)
            #expect(object["lns_mode"] as? Bool == session.lnsMode)
            let timeout = (object["reorder_timeout"] as? Int).map { Duration.milliseconds($0) } ?? .zero
            #expect(timeout == session.reorderTimeout)
            try check(object["statistics"], session.statistics)
            try expectSameJSON("session")
        }

        /// Where `ip` repeats the values of the session before, each shows its own.
        @Test func sessionsWithoutValuesShowNone() throws {
            var client = try pair.left.client()
            try client.createTunnel(.udp(1))
            try client.createSession(Self.sessions[6])
            try client.createSession(.unnamed(11, in: 1))
            let text = try run("-n", pair.left.name, "show", "session")
            #expect(text.split(separator: "\n").filter { $0.contains("cookie") }.count == 1)
            let own = try run("-n", pair.left.name, "show", "session", "session_id", "11")
            #expect(text.hasSuffix(own))
            #expect(own.hasPrefix("Session 11 in tunnel 1\n"))
        }

        /// Counters follow the words of `ip`, which has none.
        @Test func counters() throws {
            var client = try pair.left.client()
            try client.createTunnel(.udp(1))
            try client.createSession(.unnamed(10, in: 1))
            for kind in ["tunnel", "session"] {
                let arguments = ["-n", pair.left.name, "show", kind]
                let counters = try run(["-s"] + arguments).split(separator: "\n").suffix(4)
                #expect(try run(["-s"] + arguments).hasPrefix(try run(arguments)))
                #expect(counters.filter { $0.contains(":") }.map { $0.prefix(5) } == ["  RX:", "  TX:"])
                #expect(counters.last?.hasSuffix(" 0") == true)
            }
        }

        /// Identifiers select.
        @Test func selectsById() throws {
            var client = try pair.left.client()
            for number: UInt32 in 1...2 {
                try client.createTunnel(.udp(number))
                try client.createSession(.unnamed(10 + number, in: number))
            }
            let arguments = ["-n", pair.left.name, "show"]
            #expect(try run(arguments + ["tunnel", "tunnel_id", "2"]).hasPrefix("Tunnel 2, encap UDP\n"))
            #expect(try run(arguments + ["tunnel", "tunnel_id", "3"]).isEmpty)
            #expect(try run(arguments + ["session", "tunnel_id", "2"]).hasPrefix("Session 12 in tunnel 2\n"))
            #expect(try run(arguments + ["session", "session_id", "13"]).isEmpty)
        }

        private func run(_ arguments: String...) throws -> String { try run(arguments) }

        private func run(_ arguments: [String]) throws -> String {
            try Shell.require([Shell.l2tp] + arguments).output
        }

        private func expectSameText(_ kind: String) throws {
            for options in [[], ["-d"]] {
                let theirs = try Shell.require(["ip", "-n", pair.left.name] + options + ["l2tp", "show", kind])
                let ours = try run(["-n", pair.left.name] + options + ["show", kind])
                #expect(ours == theirs.output)
            }
        }

        /// The only object of our JSON.
        private func json(_ kind: String) throws -> [String: Any] {
            try onlyObject(of: try run("-n", pair.left.name, "--json", "show", kind))
        }

        private func onlyObject(of text: String) throws -> [String: Any] {
            let list = try #require(try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [[String: Any]])
            try #require(list.count == 1)
            return list[0]
        }

        /// What `ip -j` says is in ours too, with the same value; its null stands for true.
        private func expectSameJSON(_ kind: String) throws {
            let outcome = try Shell.require(["ip", "-n", pair.left.name, "-j", "l2tp", "show", kind])
            let theirs = try onlyObject(of: outcome.output)
            let ours = try json(kind)
            for (key, value) in theirs {
                if value is NSNull {
                    #expect(ours[key] as? Bool == true, "\(key)")
                } else {
                    #expect(ours[key] as? NSObject == value as? NSObject, "\(key)")
                }
            }
        }

        private func check(_ object: Any?, _ statistics: Statistics) throws {
            let counters = try #require(object as? [String: UInt64])
            #expect(
                counters
                    == [
                        "tx_packets": statistics.transmitPackets, "tx_bytes": statistics.transmitBytes,
                        "tx_errors": statistics.transmitErrors, "rx_packets": statistics.receivePackets,
                        "rx_bytes": statistics.receiveBytes, "rx_errors": statistics.receiveErrors,
                        "rx_seq_discards": statistics.receiveSequenceDiscards,
                        "rx_oos_packets": statistics.receiveOutOfSequencePackets,
                        "rx_cookie_discards": statistics.receiveCookieDiscards,
                        "rx_invalid": statistics.receiveInvalidPackets,
                    ].compactMapValues { $0 })
        }
    }
}

extension TunnelSpecification {
    fileprivate func with(_ change: (inout UDPParameters) -> Void) -> Self {
        var copy = self
        copy.setUDP(change)
        return copy
    }
}

extension SessionSpecification {
    fileprivate func with(_ change: (inout Self) -> Void) -> Self {
        var copy = self
        change(&copy)
        return copy
    }
}
