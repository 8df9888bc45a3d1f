import Foundation
import L2TPConfig
import L2TPModel
import L2TPWire
import Testing

/// The examples of the README that need no kernel are files of this folder, which are compiled and run.
@Suite struct ReadmeTests {
    private static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()

    /// The blocks of the README in a language.
    private func blocks(_ language: String) throws -> [String] {
        let readme = Self.folder.appendingPathComponent("../../../README.md").standardized
        let text = try String(contentsOf: readme, encoding: .utf8)
        return text.components(separatedBy: "```\(language)\n").dropFirst().compactMap { part in
            part.components(separatedBy: "```").first
        }
    }

    @Test(arguments: [(0, "CheckConfiguration.swift"), (1, "DescribeChanges.swift")])
    func examplesAreThoseFiles(index: Int, file: String) throws {
        let blocks = try blocks("swift")
        try #require(blocks.count == 3)
        let source = try String(contentsOf: Self.folder.appendingPathComponent(file), encoding: .utf8)
        #expect(blocks[index] == source)
    }

    @Test("the configuration of the README is read, and gives the changes that stand below it")
    func configurationOfTheReadme() throws {
        let text = try #require(try blocks("toml").first)
        var desired = try #require(configuration(text, named: "site-a.toml"))
        #expect(desired.tunnels.map(\.name) == ["hq"])
        var host = SimulatedHost()
        host.links = [Link(index: 2, name: "br0", mtu: 1500, isUp: true, kind: "bridge")]
        let plan = Planner().plan(desired, current: host.state, owned: Ownership())
        #expect(
            changes(of: desired, current: host.state, owned: Ownership()).map { $0.prefix { $0 != " " } }
                == ["create", "create"])
        try host.perform(plan.stages.all)

        desired.tunnels[0].sessions[0].specification.peerID = SessionID(2001)
        #expect(
            changes(of: desired, current: host.state, owned: plan.ownership)
                == ["recreate tunnel.hq.session.lan peer_session_id 2000 -> 2001"])
    }

    @Test("what is wrong is printed, and nothing is returned")
    func errors() {
        #expect(configuration("[tunnel.hq]\ncoookie = 1\n", named: "a.toml") == nil)
        let secret = """
            [tunnel.hq]
            local = "192.0.2.1"
            remote = "192.0.2.2"
            encap = "ip"
            tunnel_id = 1
            peer_tunnel_id = 2
            session.lan = { session_id = 1, peer_session_id = 2, cookie_file = "cookie" }
            """
        #expect(configuration(secret, named: "a.toml") == nil)
    }
}
