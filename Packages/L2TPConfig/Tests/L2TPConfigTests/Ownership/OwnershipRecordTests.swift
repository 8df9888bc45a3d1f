import L2TPConfig
import L2TPConfigTestSupport
import L2TPModel
import L2TPWire
import L2TPWireTestSupport
import Testing

@Suite struct OwnershipRecordTests {
    /// An ownership with everything that one can have.
    private static let full = Ownership(
        tunnels: [
            TunnelID(3000): Ownership.OwnedTunnel(
                name: "hq",
                specifications: [
                    PlanningExample.tunnel().specification,
                    PlanningExample.tunnel { $0.encapsulation = .ip }.specification,
                ]),
            TunnelID(7): Ownership.OwnedTunnel(
                name: "Zürich 100%",
                specifications: [
                    PlanningExample.tunnel(7) {
                        $0.local = KnownValue.address("2001:db8::1")
                        $0.peer = KnownValue.address("2001:db8::2")
                    }.specification
                ]),
        ],
        sessions: [
            PlanningExample.key(): Ownership.OwnedSession(
                name: "-",
                specifications: [
                    PlanningExample.session {
                        $0.specification.cookie = Cookie(UInt64(0x0123_4567_89ab_cdef))
                        $0.specification.peerCookie = Cookie(UInt32(0xfeed))
                        $0.specification.requiresSequenceNumbers = true
                        $0.specification.reorderTimeout = .milliseconds(100)
                        $0.specification.l2SpecificSublayer = .default
                    }.specification
                ],
                addresses: [
                    KnownValue.prefix("10.0.0.1/30"),
                    AddressSpecification(
                        KnownValue.address("10.0.0.5"), peer: KnownValue.address("10.0.0.6"),
                        prefixBitCount: 32),
                ],
                masterName: "br0", namespace: "", formerMasterNames: ["br1"], formerNamespaces: ["blue"],
                kept: InterfaceState(
                    link: Link(
                        index: 12, name: "l2tp-lan", mtu: 1446, flags: [.up, .multicast], kind: nil,
                        macAddress: MACAddress(truncating: 0x0200_0000_0001), alias: "to\nthe hq", masterIndex: 3,
                        operationalState: .up, minimumMTU: 68, maximumMTU: 65_535, linkNamespaceID: -1),
                    addresses: [
                        InterfaceAddress(
                            linkIndex: 12, address: KnownValue.address("fe80::1"), prefixBitCount: 64,
                            isTentative: true, isDynamic: true, isAutomatic: true,
                            attributes: AddressAttributes(lifetime: AddressLifetime(valid: 86400, preferred: 3600))),
                        InterfaceAddress(
                            linkIndex: 12, address: KnownValue.address("10.9.0.1"), prefixBitCount: 24,
                            attributes: AddressAttributes(
                                broadcast: IPv4Address(number: 0x0a09_00ff), scope: .link, label: "l2tp-lan:1",
                                metric: 700, lifetime: AddressLifetime(preferred: 0),
                                flags: [.noPrefixRoute, .homeAddress])),
                    ],
                    masterName: nil, namespace: "blue"),
                interface: InterfaceConfiguration(
                    mtu: .bytes(1400), mac: .address(MACAddress(truncating: 0x0200_0000_0001)), isUp: false,
                    addresses: [KnownValue.prefix("10.0.0.1/30")], master: .vrf(KnownValue.name("vrf0")),
                    namespace: "red")),
            PlanningExample.key(1): Ownership.OwnedSession(name: "plain", specifications: []),
            PlanningExample.key(1, in: 7): Ownership.OwnedSession(
                name: "usual", specifications: [], addresses: [KnownValue.prefix("10.0.0.9/30")],
                masterName: "br0",
                interface: InterfaceConfiguration(
                    mac: .random, addresses: [KnownValue.prefix("10.0.0.9/30")],
                    master: .bridge(KnownValue.name("br0")))),
        ], source: ConfigurationDigest(high: 0x0123_4567_89ab_cdef, low: 0xfe))

    private static let text = """
        l2tprec 1
        source 0123456789abcdef 00000000000000fe
        tunnel 7 Z%c3%bcrich%20100%25
        from 1007 3 20010db8000000000000000000000001 20010db8000000000000000000000002 0 2007 6000 6
        tunnel 3000 hq
        from 4000 3 c0000201 c6336407 0 5000 6000 6
        from 4000 3 c0000201 c6336407 1
        session 7 1 usual br0 -
        address 0a000009 - 30 0
        setup - - 3 br0 -
        session 3000 1 plain - -
        session 3000 1000 %2d br0 %
        from 2000 5 1 0123456789abcdef 0000feed 2 100 l2tp-lan
        address 0a000001 - 30 0
        address 0a000005 0a000006 32 0
        setup 1400 2199023255553 12 vrf0 red
        setaddr 0a000001 - 30 0
        master br1
        netns blue
        kept blue - 12 l2tp-lan 1446 4097 - 2199023255553 to%0athe%20hq 3 6 68 65535 4294967295
        keptaddr 12 fe800000000000000000000000000001 - 64 25 - - - - 0 86400 3600
        keptaddr 12 0a090001 - 24 0 0a0900ff 253 l2tp-lan:1 700 528 4294967295 0
        end 22

        """

    @Test("The text is this one, and is read as what was written")
    func golden() throws {
        #expect(Self.full.recorded() == Self.text)
        #expect(try Ownership(record: Self.text) == Self.full)
        #expect(Ownership().recorded() == "l2tprec 1\nend 1\n")
        #expect(try Ownership(record: "l2tprec 1\nend 1\n") == Ownership())
    }

    @Test("The text of the configuration is told by the beginning alone")
    func source() throws {
        #expect(try Ownership.source(inRecord: Self.text.prefix(70)) == Self.full.source)
        #expect(try Ownership.source(inRecord: "l2tprec 1\nend 1\n") == nil)
        #expect(throws: OwnershipRecordError.self) { try Ownership.source(inRecord: "l2tprec 2\nend 1\n") }
        #expect(throws: OwnershipRecordError.self) { try Ownership.source(inRecord: "") }
    }

    @Test("A substring is read as well as a string")
    func substring() throws {
        let text = "x" + Self.text
        #expect(try Ownership(record: text.dropFirst()) == Self.full)
    }

    @Test("A text that was cut off anywhere is none")
    func truncated() {
        let bytes = Array(Self.text.utf8)
        for count in bytes.indices {
            let text = String(decoding: bytes[..<count], as: UTF8.self)
            #expect(throws: OwnershipRecordError.self, "\(count)") { try Ownership(record: text) }
        }
    }

    @Test("A text in which lines are missing or doubled is none")
    func missingLines() {
        let lines = Self.text.split(separator: "\n", omittingEmptySubsequences: true)
        for index in lines.indices {
            var fewer = lines
            fewer.remove(at: index)
            var more = lines
            more.insert(lines[index], at: index)
            for text in [fewer, more].map({ $0.joined(separator: "\n") + "\n" }) {
                #expect(throws: OwnershipRecordError.self, "\(text)") { try Ownership(record: text) }
            }
        }
    }

    @Test(
        "What is wrong is told with its line",
        arguments: [
            ("", "line 1: this is not a record of l2tp-apply"),
            ("[tunnel.hq]\n", "line 1: this is not a record of l2tp-apply"),
            ("l2tprec 2\nend 1\n", "line 1: the record has version 2; only version 1 is known here"),
            ("l2tprec 1\n", "line 2: the record is cut off"),
            ("l2tprec 1\nsource 0123456789abcdef\nend 2\n", "line 2: fewer fields than expected"),
            (
                "l2tprec 1\nsource 0123456789abcdef 0\nend 2\n", "line 2: 16 hexadecimal digits are expected"
            ),
            (
                "l2tprec 1\nsource 0123456789abcdef 0123456789abcdef 0\nend 2\n",
                "line 2: more fields than expected"
            ),
            (
                "l2tprec 1\ntunnel 1 a\nsource 0123456789abcdef 0123456789abcdef\nend 3\n",
                "line 3: no such keyword"
            ),
            ("l2tprec 1\ntunnel 1 a\nsetup - - 1 - -\nend 3\n", "line 3: belongs to no session"),
            (
                "l2tprec 1\nsession 1 1 a - -\nsetup - - 1 - -\nsetup - - 1 - -\nend 4\n",
                "line 4: set up twice"
            ),
            ("l2tprec 1\nsession 1 1 a - -\nsetup - - 16 - -\nend 3\n", "line 3: too many flags"),
            ("l2tprec 1\nsession 1 1 a - -\nsetup 4294967296 - 1 - -\nend 3\n", "line 3: a number is expected"),
            (
                "l2tprec 1\nsession 1 1 a - -\nsetup - 281474976710656 1 - -\nend 3\n",
                "line 3: a MAC address has 48 bits"
            ),
            (
                "l2tprec 1\nsession 1 1 a - -\nsetup - 1 3 - -\nend 3\n",
                "line 3: a random MAC address is not recorded"
            ),
            ("l2tprec 1\nsession 1 1 a - -\nsetup - - 5 - -\nend 3\n", "line 3: the VRF has no name"),
            (
                "l2tprec 1\nsession 1 1 a - -\nsetup - - 1 a/b -\nend 3\n",
                "line 3: the interface's name has a character at offset 1 that no name may hold (/, : or white space)"
            ),
            (
                "l2tprec 1\nsession 1 1 a - -\nsetup - - 1 - -\nsetaddr 0a000001 - 8 0\nend 4\n",
                "line 4: belongs to no setup"
            ),
            (
                "l2tprec 1\nsession 1 1 a - -\nsetup - - 9 - -\nsession 1 2 b - -\nsetaddr 0a000001 - 8 0\nend 5\n",
                "line 5: belongs to no setup"
            ),
            ("l2tprec 1\nend 1", "line 2: the record is cut off"),
            ("l2tprec 1\nend 2\n", "line 2: lines are missing"),
            ("l2tprec 1\nend 1\n\n", "line 3: something follows the record's end"),
            ("l2tprec 1\nfrom 1\nend 2\n", "line 2: belongs to no object"),
            ("l2tprec 1\naddress 0a000001 - 8 0\nend 2\n", "line 2: belongs to no session"),
            ("l2tprec 1\ntunnel 1 a\ntunnel 1 a\nend 3\n", "line 3: the tunnel is there twice"),
            ("l2tprec 1\nsession 1 1 a - -\nsession 1 1 a - -\nend 3\n", "line 3: the session is there twice"),
            ("l2tprec 1\nsession 1 1 a - -\nkeptaddr 1\nend 3\n", "line 3: belongs to no interface"),
            ("l2tprec 1\ntunnel 4294967296 a\nend 2\n", "line 2: a number is expected"),
            ("l2tprec 1\ntunnel 01 a\nend 2\n", "line 2: a number is expected"),
            ("l2tprec 1\ntunnel 99999999999999999999 a\nend 2\n", "line 2: a number is expected"),
            ("l2tprec 1\ntunnel 1 %c3\nend 2\n", "line 2: a text is expected"),
            ("l2tprec 1\ntunnel 1 -\nend 2\n", "line 2: a text is expected"),
            ("l2tprec 1\ntunnel 1  a\nend 2\n", "line 2: an empty field"),
            ("l2tprec 1\ntunnel 1\nend 2\n", "line 2: fewer fields than expected"),
            ("l2tprec 1\ntunnel 1 a b\nend 2\n", "line 2: more fields than expected"),
            ("l2tprec 1\ntunneltunnel 1 a\nend 2\n", "line 2: no such keyword"),
            ("l2tprec 1\n\nend 2\n", "line 2: no such keyword"),
            ("l2tprec 1\ntunnel 1 a\naddress 0a000001 - 8 0\nend 3\n", "line 3: belongs to no session"),
            ("l2tprec 1\ntunnel 1 a\nmaster br0\nend 3\n", "line 3: belongs to no session"),
            ("l2tprec 1\ntunnel 1 a\nnetns blue\nend 3\n", "line 3: belongs to no session"),
            ("l2tprec 1\ntunnel 1 a\nkept\nend 3\n", "line 3: belongs to no session"),
            (
                "l2tprec 1\ntunnel 1 a\nfrom 1 3 0a00001 0a000002 1\nend 3\n",
                "line 3: an address of 8 or 32 hexadecimal digits is expected"
            ),
            (
                "l2tprec 1\ntunnel 1 a\nfrom 1 3 0A000001 0a000002 1\nend 3\n",
                "line 3: an address of 8 or 32 hexadecimal digits is expected"
            ),
            ("l2tprec 1\nsession 1 1 a - -\nfrom 1 5 9 - - 0 0 -\nend 3\n", "line 3: no such sublayer"),
            ("l2tprec 1\nsession 1 1 a - -\nfrom 1 5 1 0102030 - 0 0 -\nend 3\n", "line 3: a cookie is expected"),
            ("l2tprec 1\nsession 1 1 a - -\nfrom 1 5 1 - - 8 0 -\nend 3\n", "line 3: too many flags"),
            (
                "l2tprec 1\nsession 1 1 a - -\nfrom 1 5 1 - - 0 9223372036854776 -\nend 3\n",
                "line 3: a longer time than there is"
            ),
            (
                "l2tprec 1\nsession 1 1 a - -\nkept - - 1 a 1 1 - 281474976710656 - - 6 68 - -\nend 3\n",
                "line 3: a MAC address has 48 bits"
            ),
            (
                "l2tprec 1\nsession 1 1 a - -\nkept - - 1 a 1 1 - - - - 6 68 - -\n"
                    + "kept - - 1 a 1 1 - - - - 6 68 - -\nend 4\n",
                "line 4: kept twice"
            ),
            (
                "l2tprec 1\nsession 1 1 a - -\nfrom 1 5 1 - - 0 0 a/b\nend 3\n",
                "line 3: the interface's name has a character at offset 1 that no name may hold (/, : or white space)"
            ),
        ])
    func malformed(text: String, message: String) {
        #expect(throws: OwnershipRecordError.self) { try Ownership(record: text) }
        do throws(OwnershipRecordError) {
            _ = try Ownership(record: text)
        } catch {
            #expect(error.description == message)
        }
    }

    @Test("Whatever is owned comes back from its text", arguments: 0..<300)
    func roundTrip(number: Int) throws {
        var random = RandomPlanning(SeededGenerator(seed: UInt64(number)))
        var host = try random.host()
        let first = Planner().plan(random.configuration(), current: host.state, owned: Ownership())
        try host.perform(first.stages.all)
        _ = try random.meddle(with: &host)
        let second = Planner().plan(random.configuration(), current: host.state, owned: first.ownership)
        for ownership in [first.ownership, second.intent, second.ownership] {
            #expect(try Ownership(record: ownership.recorded()) == ownership)
        }
    }

    @Test("Names of all kinds come back from their text")
    func oddNames() throws {
        var generator = SeededGenerator(for: "records of configurations with odd names")
        let endpoints = [("192.0.2.1", "192.0.2.2"), ("2001:db8::1", "2001:db8::2")].map {
            RandomConfiguration.Endpoints(
                local: KnownValue.address($0.0), remote: KnownValue.address($0.1))
        }
        let parameters = RandomConfiguration(
            endpoints: endpoints, places: [.init(), .init(namespace: "α β")], hasOddNames: true)
        var count = 0
        for _ in 0..<300 {
            let configuration = parameters.next(using: &generator)
            let plan = Planner().plan(configuration, current: SimulatedHost().state, owned: Ownership())
            for ownership in [plan.intent, plan.ownership] {
                #expect(try Ownership(record: ownership.recorded()) == ownership)
                count += ownership.tunnels.count + ownership.sessions.count
            }
        }
        #expect(count > 1000)
    }

    @Test(
        "Changed bytes never end the program, and what is still a record is written as it was read", arguments: 0..<20)
    func mutations(number: Int) {
        var generator = SeededGenerator(seed: UInt64(number))
        let bytes = Array(Self.text.utf8)
        for _ in 0..<500 {
            var changed = bytes
            for _ in 0..<Int.random(in: 1...3, using: &generator) {
                let index = Int.random(in: changed.indices, using: &generator)
                changed[index] = UInt8.random(in: 0...127, using: &generator)
            }
            let text = String(decoding: changed, as: UTF8.self)
            guard let read = try? Ownership(record: text) else { continue }
            #expect((try? Ownership(record: read.recorded())) == read)
        }
    }
}
