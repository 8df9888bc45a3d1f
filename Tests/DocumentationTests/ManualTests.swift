import Foundation
import L2TPConfigTestSupport
import L2TPModel
import L2TPWire
import Testing

@testable import L2TPConfig
@testable import L2TPConfigTOML

/// l2tp.toml(5): each key is explained, the tables are right, and the examples are read.
@Suite struct ManualTests {
    /// The lines of a section, without what only groff needs.
    private func section(_ name: String) throws -> [String] {
        let lines = try Documents.text("man/man5/l2tp.toml.5").split(
            separator: "\n", omittingEmptySubsequences: false)
        let start = try #require(lines.firstIndex(of: ".SH \(name)"), "\(name)")
        return lines[(start + 1)...].prefix { !$0.hasPrefix(".SH ") }.map {
            String($0).replacing("\\-", with: "-").replacing("\\(dq", with: "\"")
        }
    }

    /// The keys that a section explains: what stands below .TP and .TQ, before its type.
    private func keys(in name: String) throws -> [String] {
        let lines = try section(name)
        return zip(lines, lines.dropFirst()).compactMap { mark, term in
            guard mark == ".TP" || mark == ".TQ", term.hasPrefix(".BR "), term.contains(" \", ") else { return nil }
            return term.split(separator: " ").dropFirst().first.map { String($0) }
        }
    }

    /// The lines between two marks, for each time that they stand in a section.
    private func blocks(in name: String, from start: String, to end: String) throws -> [[String]] {
        var blocks: [[String]] = []
        var isInside = false
        for line in try section(name) {
            if line == start {
                isInside = true
                blocks.append([])
            } else if line == end {
                isInside = false
            } else if isInside {
                blocks[blocks.count - 1].append(line)
            }
        }
        return blocks
    }

    @Test("the keys that are read are those that are explained, in their order")
    func keys() throws {
        #expect(try keys(in: "TUNNELS") == Schema.tunnel)
        #expect(try keys(in: "SESSIONS") == Schema.session)
        let keys = try keys(in: "INTERFACES")
        let addresses = try #require(keys.firstIndex(of: "addresses"))
        let members = addresses + 1...addresses + Schema.address.count
        #expect(Array(keys[members]) == Schema.address)
        #expect(Array(keys[...addresses] + keys[(members.upperBound + 1)...]) == Schema.interface)
    }

    @Test("what is written has the order of the manual")
    func order() throws {
        let all = Schema.tunnel + Schema.session + Schema.interface
        for name in try Documents.examples() {
            let text = TOMLDialect().write(try Documents.example(name), withCookies: true, remarks: [:])
            var last = -1
            for line in text.split(separator: "\n") {
                let key = String(line.prefix { $0 != " " })
                if line.hasPrefix("[") {
                    last = -1
                } else if let place = all.firstIndex(of: key) {
                    #expect(place > last, "\(name): \(line)")
                    last = place
                }
            }
        }
    }

    @Test("each key says what it is without being written, or that it must be")
    func defaults() throws {
        for name in ["TUNNELS", "SESSIONS", "INTERFACES"] {
            let text = try section(name).joined(separator: "\n")
            for entry in text.components(separatedBy: ".TP\n").dropFirst() where !entry.contains(", table\"") {
                let says = ["Required", "The default is", "By default", "instead of"].contains(where: entry.contains)
                #expect(says, "\(entry.prefix(60))")
            }
        }
    }

    @Test("the table of MTUs is what is computed")
    func mtus() throws {
        let table = try #require(try blocks(in: "MTU", from: ".TS", to: ".TE").last)
        let rows = table.dropFirst().map { $0.split(separator: "\t").map { String($0) } }
        try #require(rows.count == 6 && rows.allSatisfy { $0.count == 7 })
        for row in rows[2...] {
            let version: IPVersion = row[0].hasSuffix("IPv6") ? .v6 : .v4
            let ports = UDPParameters(sourcePort: 1, destinationPort: 1)
            let tunnel = TunnelSpecification(
                id: TunnelID(1), peerID: TunnelID(1), local: .any(version), peer: .any(version),
                encapsulation: row[0].hasPrefix("UDP") ? .udp(ports) : .ip)
            for column in 1...6 {
                let cookies: [String: Cookie] = ["4": Cookie(0 as UInt32), "8": Cookie(0 as UInt64)]
                let session = SessionSpecification(
                    tunnelID: TunnelID(1), id: SessionID(1), peerID: SessionID(1),
                    l2SpecificSublayer: rows[0][column] == "none" ? .none : .default, cookie: cookies[rows[1][column]])
                #expect(row[column] == String(tunnel.interfaceMTU(of: session, pathMTU: 1500)), "\(row[0]) \(column)")
            }
        }
    }

    @Test("the examples are read, and the first two are ends of one pseudowire")
    func examples() throws {
        let blocks = try blocks(in: "EXAMPLES", from: ".EX", to: ".EE")
        #expect(blocks.count == 3)
        let configurations = try blocks.map { lines in
            try Documents.configuration(
                lines.map { $0 == ".PP" ? "" : $0 }.joined(separator: "\n"), "l2tp.toml.5")
        }
        try MirroredEnds(near: configurations[0], far: configurations[1]).check()
    }

    @Test("the findings that are shown are found")
    func diagnostics() throws {
        let lines = try #require(try blocks(in: "DIAGNOSTICS", from: ".EX", to: ".EE").first)
        let text = """
            [tunnel.hq]
            local = "192.0.2.1"
            remote = "198.51.100.7"
            tunnel_id = 3000
            peer_tunnel_id = 4000
            udp_sport = 5000
            udp_dport = 6000

            [tunnel.hq.session.lan]
            session_id = 1000
            peer_session_id = 2000
            peer_cookie = "fedcba9876543210"
            coookie = "0123456789abcdef"
            """
        let file = ConfigurationFile(name: "/etc/l2tp/site.toml", text: text, isReadableByOthers: true)
        let reading = ConfigurationLoader().load([file], secrets: NoSecrets())
        #expect(reading.diagnostics.map(\.description) == lines)
    }
}
