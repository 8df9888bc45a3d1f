import Testing

/// Keys of an interface.
@Suite struct InterfaceFindingTests {
    @Test(arguments: [
        FindingCase(
            "name = \"a b\"",
            "2:8: error: tunnel.hq.session.lan.interface.name: the interface name \"a b\" has a character at offset 1 that no name may hold (/, : or white space)"
        ),
        FindingCase(
            "name = 1",
            "2:8: error: tunnel.hq.session.lan.interface.name: expected the name of an interface in quotation marks, not a number"
        ),
        FindingCase(
            "name = \"l2tp%d\"\nbridge = \"br%d\"",
            "3:10: error: tunnel.hq.session.lan.interface.bridge: \"br%d\" is a pattern: only the name of the session's interface can be one"
        ),
        FindingCase(
            "bridge = \"br0\"\nvrf = \"blue\"",
            "3:1: error: tunnel.hq.session.lan.interface.vrf: does not go together with bridge: an interface belongs to one of them"
        ),
        FindingCase(
            "mtu = 67",
            "2:7: error: tunnel.hq.session.lan.interface.mtu: 67 is not an MTU (68…65535)"),
        FindingCase(
            "mtu = 65536",
            "2:7: error: tunnel.hq.session.lan.interface.mtu: 65536 is not an MTU (68…65535)"),
        FindingCase(
            "mtu = \"1400\"",
            "2:7: error: tunnel.hq.session.lan.interface.mtu: expected \"auto\" or a number of bytes, 68…65535: write 1400 without quotation marks"
        ),
        FindingCase(
            "mtu = \"automatic\"",
            "2:7: error: tunnel.hq.session.lan.interface.mtu: \"automatic\": expected \"auto\" or a number of bytes, 68…65535"
        ),
        FindingCase(
            "mtu = true",
            "2:7: error: tunnel.hq.session.lan.interface.mtu: expected \"auto\" or a number of bytes, 68…65535, not true or false"
        ),
        FindingCase(
            "mac = \"stabel\"",
            "2:7: error: tunnel.hq.session.lan.interface.mac: \"stabel\": expected \"stable\", \"random\" or an address, as \"02:00:00:00:00:01\"; did you mean \"stable\"?"
        ),
        FindingCase(
            "mac = 1",
            "2:7: error: tunnel.hq.session.lan.interface.mac: expected \"stable\", \"random\" or a MAC address in quotation marks, not a number"
        ),
        FindingCase(
            "up = \"yes\"",
            "2:6: error: tunnel.hq.session.lan.interface.up: expected true or false, not a string: write true without quotation marks"
        ),
        FindingCase(
            "adresses = []",
            "2:1: error: tunnel.hq.session.lan.interface: unknown key \"adresses\"; did you mean \"addresses\"?"),
        FindingCase(
            "addresses = \"10.0.0.1/24\"",
            "2:13: error: tunnel.hq.session.lan.interface.addresses: expected an array, not a string: write [\"10.0.0.1/24\"]"
        ),
        FindingCase(
            "addresses = 3",
            "2:13: error: tunnel.hq.session.lan.interface.addresses: expected an array, as [\"10.42.1.1/30\"], not a number"
        ),
        FindingCase(
            "addresses = [\"10.0.0.1\", \"10.0.0.1/33\", \"x\", \"10.0.0.1/+3\", \"10.0.0.1/24/3\"]",
            "2:14: error: tunnel.hq.session.lan.interface.addresses[0]: \"10.0.0.1\" has no prefix length (0…32), as \"10.0.0.1/30\"",
            "2:26: error: tunnel.hq.session.lan.interface.addresses[1]: \"10.0.0.1/33\": \"33\" is not a prefix length (0…32)",
            "2:41: error: tunnel.hq.session.lan.interface.addresses[2]: \"x\" is not an address with prefix length, as \"10.42.1.1/30\"",
            "2:46: error: tunnel.hq.session.lan.interface.addresses[3]: \"10.0.0.1/+3\": \"+3\" is not a prefix length (0…32)",
            "2:61: error: tunnel.hq.session.lan.interface.addresses[4]: \"10.0.0.1/24/3\": \"24/3\" is not a prefix length (0…32)"
        ),
        FindingCase(
            "addresses = [\n  \"224.0.0.1/24\",\n  3, {}, # none\n  { local = \"10.0.0.1\", pear = \"10.0.0.2\" },\n]",
            "4:3: error: tunnel.hq.session.lan.interface.addresses[1]: expected an address, as \"10.42.1.1/30\" or { local = \"10.42.1.1\", peer = \"10.42.1.2\" }, not a number",
            "4:6: error: tunnel.hq.session.lan.interface.addresses[2]: local is missing: our address, as local = \"192.0.2.1\"",
            "4:6: error: tunnel.hq.session.lan.interface.addresses[2]: peer is missing: the address of the other end, as peer = \"10.42.1.2\"",
            "5:25: error: tunnel.hq.session.lan.interface.addresses[3]: unknown key \"pear\"; did you mean \"peer\"?"),
        FindingCase(
            "addresses = [{ local = \"10.0.0.1\", peer = \"::1\" }, { local = \"10.0.0.1\", peer = \"10.0.0.2\", prefix = 33 }]",
            "2:102: error: tunnel.hq.session.lan.interface.addresses[1].prefix: 33 is not a prefix length (0…32)"),
        FindingCase(
            "addresses = [{ local = \"0.0.0.0\", peer = \"::/1\" }, [\"10.0.0.1/24\"]]",
            "2:42: error: tunnel.hq.session.lan.interface.addresses[0].peer: \"::/1\": expected an address without prefix length, as \"::\"",
            "2:52: error: tunnel.hq.session.lan.interface.addresses[1]: expected an address, as \"10.42.1.1/30\" or { local = \"10.42.1.1\", peer = \"10.42.1.2\" }, not an array"
        ),
        FindingCase(
            "netns = \"a/b\"",
            "2:9: error: tunnel.hq.session.lan.interface.netns: \"a/b\" is not the name of a network namespace"),
        FindingCase(
            "netns = \"\"",
            "2:9: error: tunnel.hq.session.lan.interface.netns: is empty: write the name of a network namespace"),
        FindingCase(
            "netns = \"..\"",
            "2:9: error: tunnel.hq.session.lan.interface.netns: \"..\" is not the name of a network namespace"),
        FindingCase(
            "netns = 1",
            "2:9: error: tunnel.hq.session.lan.interface.netns: expected the name of a network namespace in quotation marks, not a number"
        ),
        FindingCase(
            "vrf = \"\"",
            "2:7: error: tunnel.hq.session.lan.interface.vrf: the interface name \"\" is empty; a name has 1 to 15 bytes"
        ),
    ])
    func valuesOfInterfaces(_ entry: FindingCase) {
        let found = SchemaFindings.of(SchemaFindings.document(entry.text, in: "interface"))
        #expect(found == entry.expected)
    }
}
