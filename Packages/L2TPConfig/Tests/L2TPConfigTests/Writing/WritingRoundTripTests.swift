import L2TPConfig
import L2TPConfigTOML
import L2TPConfigTestSupport
import L2TPModel
import L2TPWire
import L2TPWireTestSupport
import Testing

/// What is written is read as it was.
@Suite struct WritingRoundTripTests {
    private static func parameters() throws -> RandomConfiguration {
        func endpoints(_ local: String, _ remote: String) throws -> RandomConfiguration.Endpoints {
            RandomConfiguration.Endpoints(
                local: try #require(IPAddress(local)), remote: try #require(IPAddress(remote)))
        }
        let red = RandomConfiguration.Place(
            namespace: "red", masters: [.bridge(try InterfaceName("br1")), .vrf(try InterfaceName("vrf\"1"))])
        let here = RandomConfiguration.Place(
            masters: [.bridge(try InterfaceName("br0")), .vrf(try InterfaceName("vrf0"))])
        return RandomConfiguration(
            endpoints: [
                try endpoints("192.0.2.1", "198.51.100.7"), try endpoints("0.0.0.0", "203.0.113.9"),
                try endpoints("2001:db8::1", "2001:db8:1::7"), try endpoints("192.0.2.1", "192.0.2.1"),
            ],
            tunnelCounts: 0...4, sessionCounts: 0...4,
            places: [here, red, RandomConfiguration.Place(namespace: "α β")], hasOddNames: true)
    }

    @Test("2,500 random configurations are valid, read back the same, and are written the same again")
    func roundTrip() throws {
        var generator = SeededGenerator(for: "configurations that are written and read")
        let parameters = try Self.parameters()
        let dialect = TOMLDialect()
        var sessionCount = 0
        for round in 0..<2500 {
            let configuration = parameters.next(using: &generator)
            sessionCount += configuration.tunnels.reduce(0) { $0 + $1.sessions.count }
            #expect(configuration.findings() == [], "round \(round)")
            let text = dialect.write(configuration, withCookies: true, remarks: [:])
            let reading = dialect.read(text, file: "random.toml", secrets: FakeSecrets())
            #expect(reading.diagnostics == [], "round \(round):\n\(text)")
            try #require(reading.configuration == configuration, "round \(round):\n\(text)")
            #expect(dialect.write(reading.configuration, withCookies: true, remarks: [:]) == text)
        }
        #expect(sessionCount > 5000)
    }

    @Test("without cookies everything else is read back")
    func withoutCookies() throws {
        var generator = SeededGenerator(for: "configurations without cookies")
        let parameters = try Self.parameters()
        for _ in 0..<300 {
            var configuration = parameters.next(using: &generator)
            let text = TOMLDialect().write(configuration, withCookies: false, remarks: [:])
            for tunnel in configuration.tunnels.indices {
                for session in configuration.tunnels[tunnel].sessions.indices {
                    for cookie in [\SessionSpecification.cookie, \.peerCookie] {
                        if let secret = configuration.tunnels[tunnel].sessions[session].specification[keyPath: cookie] {
                            #expect(!text.contains("\"\(secret.hexadecimal)\""))
                        }
                        configuration.tunnels[tunnel].sessions[session].specification[keyPath: cookie] = nil
                    }
                }
            }
            let reading = TOMLDialect().read(text, file: "random.toml", secrets: FakeSecrets())
            #expect(reading.diagnostics == [])
            #expect(reading.configuration == configuration)
        }
    }

    @Test("remarks change nothing, whatever they hold")
    func remarks() throws {
        var generator = SeededGenerator(for: "configurations with remarks")
        let parameters = try Self.parameters()
        let remark = "two\nlines \u{0}\u{7f}\r[tunnel.x] \"\\"
        for _ in 0..<300 {
            let configuration = parameters.next(using: &generator)
            var remarks: [ConfigurationPath: String] = [
                ConfigurationPath(): remark, ConfigurationPath(["a\nb"]): remark,
            ]
            for tunnel in configuration.tunnels {
                for key in ["local", "encap", "udp_csum", "session", "nonsense"] {
                    remarks[tunnel.path.appending(key)] = remark
                }
                for session in tunnel.sessions {
                    let path = tunnel.path.appending("session", session.name)
                    remarks[path] = remark
                    for key in ["cookie", "l2spec_type", "interface"] { remarks[path.appending(key)] = remark }
                    for key in ["name", "mtu", "addresses", "netns"] {
                        remarks[path.appending("interface", key)] = remark
                    }
                    remarks[path.appending("interface", "addresses", "[1]")] = remark
                }
            }
            let text = TOMLDialect().write(configuration, withCookies: true, remarks: remarks)
            let reading = TOMLDialect().read(text, file: "random.toml", secrets: FakeSecrets())
            #expect(reading.diagnostics == [], "\(text)")
            #expect(reading.configuration == configuration, "\(text)")
            // Each has two lines.
            #expect(text.split(separator: "lines \\u0000\\u007f").count - 1 == remarks.count, "\(text)")
        }
    }
}
