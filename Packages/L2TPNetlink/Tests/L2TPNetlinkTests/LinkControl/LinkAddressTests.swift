import L2TPModel
import L2TPWire
import LinkControl
import Netlink
import NetlinkTestSupport
import SystemPackage
import Testing

@Suite("Addresses of a link")
struct LinkAddressTests {
    private let kernel = FakeKernel()
    private var link: Link { get throws { try #require(kernel.links.first { $0.name == "eth0" }) } }

    private func refusal(
        of operation: LinkError.Operation, _ specification: AddressSpecification
    ) throws -> LinkError? {
        var client = try LinkClient(kernel.connector)
        let (link, before) = (try link, kernel.addresses)
        let error = failure { () throws(LinkError) in
            if operation == .add {
                try client.add(specification, to: link)
            } else {
                try client.remove(specification, from: link)
            }
        }
        #expect(kernel.addresses == before)
        return error
    }

    @Test(
        "come and go, with and without a peer",
        arguments: [
            AddressSpecification(address("10.42.1.1"), prefixBitCount: 30),
            AddressSpecification(address("10.42.1.1"), peer: address("10.42.1.2"), prefixBitCount: 32),
            AddressSpecification(address("192.0.2.1"), prefixBitCount: 25),
            AddressSpecification(address("fd00::1"), prefixBitCount: 64),
            AddressSpecification(
                address("fd00::1"), peer: address("fd00::2"), prefixBitCount: 128, skipsDuplicateDetection: true),
        ])
    func addAndRemove(_ specification: AddressSpecification) throws {
        var client = try LinkClient(kernel.connector)
        let link = try link
        let before = try client.addresses()
        try client.add(specification, to: link)
        let added = try client.addresses().filter { !before.contains($0) }
        // Where no label was asked for, Linux takes the link's name.
        #expect(added.map(\.attributes.label) == [specification.address.version == .v4 ? "eth0" : nil])
        #expect(added.map { $0.withoutLabel(of: link).specification } == [specification])
        #expect(added.map(\.linkIndex) == [link.index])
        let error = try refusal(of: .add, specification)
        #expect(error?.reason == .exists)
        #expect(error?.description == "cannot add address \(specification) on eth0: it is there already (EEXIST)")
        try client.remove(specification, from: link)
        #expect(try client.addresses() == before)
        let missing = try refusal(of: .remove, specification)
        #expect(missing?.reason == .notFound)
        #expect(
            missing?.description == "cannot remove address \(specification) on eth0: it is not there (EADDRNOTAVAIL)")
    }

    @Test("are tentative as long as their detection takes")
    func tentative() throws {
        kernel.behavior.detectsDuplicates = true
        var client = try LinkClient(kernel.connector)
        try client.add(AddressSpecification(address("fd00::1"), prefixBitCount: 64), to: try link)
        try client.add(
            AddressSpecification(address("fd00::2"), prefixBitCount: 64, skipsDuplicateDetection: true), to: try link)
        try client.add(AddressSpecification(address("10.42.1.1"), prefixBitCount: 30), to: try link)
        #expect(try client.addresses().suffix(3).map(\.isUsable) == [false, true, true])
        kernel.finishDuplicateDetection(of: address("fd00::1"))
        #expect(try client.addresses().suffix(3).map(\.isUsable) == [true, true, true])
        kernel.finishDuplicateDetection(of: address("fd00::1"), isDuplicate: true)
        let duplicate = try #require(try client.addresses().first { $0.address == address("fd00::1") })
        #expect(duplicate.isDuplicate && duplicate.isTentative && !duplicate.isUsable)
    }

    @Test(
        "that no link can have are refused without asking",
        arguments: [
            (AddressSpecification(address("10.42.1.1"), prefixBitCount: 33), "a prefix of 33 bits; 32 are the most"),
            (AddressSpecification(address("fd00::1"), prefixBitCount: 129), "a prefix of 129 bits; 128 are the most"),
            (
                AddressSpecification(address("fd00::1"), peer: address("10.42.1.2"), prefixBitCount: 32),
                "the peer 10.42.1.2 has another IP version"
            ),
            (
                AddressSpecification(
                    address("fd00::1"), prefixBitCount: 64,
                    attributes: AddressAttributes(broadcast: IPv4Address(number: 1))),
                "IPv6 has no broadcast addresses"
            ),
            (
                AddressSpecification(
                    address("fd00::1"), prefixBitCount: 64, attributes: AddressAttributes(scope: .site)),
                "IPv6 tells the scope by the address"
            ),
            (
                AddressSpecification(
                    address("fd00::1"), prefixBitCount: 64, attributes: AddressAttributes(label: "eth0:1")),
                "IPv6 addresses have no labels"
            ),
            (
                AddressSpecification(
                    address("10.42.1.1"), prefixBitCount: 24, attributes: AddressAttributes(label: "l2tp-to-hq-lan:1")),
                "a label of 16 bytes; it has 1 to 15, and none of them is 0"
            ),
            (
                AddressSpecification(address("10.42.1.1"), prefixBitCount: 24, skipsDuplicateDetection: true),
                "IPv4 has no duplicate address detection that could be left out"
            ),
            (
                AddressSpecification(
                    address("10.42.1.1"), prefixBitCount: 24, attributes: AddressAttributes(flags: .homeAddress)),
                "IPv4 has neither home addresses nor temporary ones"
            ),
            (
                AddressSpecification(
                    address("fd00::1"), prefixBitCount: 80,
                    attributes: AddressAttributes(flags: .managesTemporaryAddresses)),
                "temporary addresses are made of a prefix of 64 bits, not 80"
            ),
            (
                AddressSpecification(
                    address("fd00::1"), prefixBitCount: 64,
                    attributes: AddressAttributes(lifetime: AddressLifetime(valid: 0, preferred: 0))),
                "it is valid for 0 s"
            ),
            (
                AddressSpecification(
                    address("10.42.1.1"), prefixBitCount: 24,
                    attributes: AddressAttributes(lifetime: AddressLifetime(valid: 60, preferred: 61))),
                "it is preferred for longer than it is valid, which is 60 s"
            ),
        ])
    func invalid(_ specification: AddressSpecification, _ text: String) throws {
        let error = try refusal(of: .add, specification)
        #expect(error?.reason == .invalid)
        #expect(error?.description == "cannot add address \(specification) on eth0: \(text)")
        #expect(kernel.requests.isEmpty)
    }

    @Test("of a network of IPv4 have one scope, on each link")
    func scopes() throws {
        var client = try LinkClient(kernel.connector)
        let other = Link(index: kernel.addLink(named: "other"), name: "other", mtu: 1500, isUp: true)
        let onLink = AddressAttributes(scope: .link)
        try client.add(AddressSpecification(address("10.0.0.1"), prefixBitCount: 24), to: try link)
        let error = try refusal(
            of: .add, AddressSpecification(address("10.0.0.77"), prefixBitCount: 24, attributes: onLink))
        #expect(error?.reason == .invalid && error?.errno == .invalidArgument)
        try client.add(AddressSpecification(address("10.0.0.77"), prefixBitCount: 16, attributes: onLink), to: try link)
        try client.add(AddressSpecification(address("10.0.0.77"), prefixBitCount: 24, attributes: onLink), to: other)
    }

    @Test("go with the temporary ones that are made of them, and under whatever label they are")
    func removal() throws {
        var client = try LinkClient(kernel.connector)
        let attributes = AddressAttributes(metric: 9, flags: [.managesTemporaryAddresses, .noPrefixRoute])
        let specification = AddressSpecification(address("fd00::1"), prefixBitCount: 64, attributes: attributes)
        try client.add(specification, to: try link)
        try client.remove(specification, from: try link)
        try client.add(specification, to: try link)
        #expect(client.remove([(specification, try link)]) == [nil])
        let removals = kernel.requests.filter { $0.step == .addressRemove }
        #expect(removals.count == 2)
        // IFA_FLAGS with MANAGETEMPADDR is the last attribute.
        for removal in removals { #expect(removal.bytes.suffix(8) == [8, 0, 8, 0, 0, 1, 0, 0]) }
    }

    @Test("have a lifetime, and are deprecated when it says so")
    func lifetimes() throws {
        var client = try LinkClient(kernel.connector)
        let link = try link
        let lifetimes = [
            AddressLifetime(preferred: 0), AddressLifetime(valid: 600, preferred: 0),
            AddressLifetime(valid: 600, preferred: 300),
        ]
        for text in ["10.42.1.1", "fd00::1"] {
            for lifetime in lifetimes {
                let specification = AddressSpecification(
                    address(text), prefixBitCount: 64 / (text.contains(":") ? 1 : 4),
                    attributes: AddressAttributes(lifetime: lifetime))
                try client.add(specification, to: link)
                let found = try #require(try client.addresses().first { $0.address == specification.address })
                #expect(found.withoutLabel(of: link).specification == specification)
                #expect(found.isDynamic == lifetime.isFinite && !found.isAutomatic)
                try client.remove(specification, from: link)
            }
        }
    }

    @Test(
        "take the name of a link that is renamed into their label",
        arguments: [
            ("eth0:1", "lan", "lan:1"), ("eth0", "lan", "eth0"), ("hand", "lan", "hand"), ("a:b:c", "lan", "lan:b:c"),
            (":12345678901234", "lan", ":12345678901234"), ("x:12345678", "longname", "longna:12345678"),
        ])
    func labels(_ label: String, _ name: String, _ renamed: String) {
        let attributes = AddressAttributes(label: label, metric: 1)
        #expect(attributes.renamed(to: name) == AddressAttributes(label: renamed, metric: 1))
    }

    @Test("of IPv6 need IPv6 on the link")
    func withoutIPv6() throws {
        let specification = AddressSpecification(address("fd00::1"), prefixBitCount: 64)
        kernel.fail(.addressAdd, with: .permissionDenied)
        let off = try refusal(of: .add, specification)
        #expect(off?.reason == .noIPv6)
        #expect(
            off?.description == """
                cannot add address fd00::1/64 on eth0: IPv6 is switched off there (EACCES)
                  switch it on: sysctl net.ipv6.conf.eth0.disable_ipv6=0
                """)
        kernel.changeLink("eth0") { $0.mtu = 1279 }
        let small = try refusal(of: .add, specification)
        #expect(small?.reason == .noIPv6)
        #expect(
            small?.description
                == "cannot add address fd00::1/64 on eth0: IPv6 needs an MTU of 1280, and that is 1279 there (EINVAL)")
    }

    @Test("that Linux does not take, links that are gone, and the privilege")
    func refusals() throws {
        let wildcard = try refusal(of: .add, AddressSpecification(address("::"), prefixBitCount: 64))
        #expect(wildcard?.reason == .invalid)
        #expect(wildcard?.description == "cannot add address ::/64 on eth0: no interface can have it (EADDRNOTAVAIL)")
        var client = try LinkClient(kernel.connector)
        let gone = Link(index: 99, name: "gone", mtu: 1500, isUp: false)
        let specification = AddressSpecification(address("10.42.1.1"), prefixBitCount: 30)
        let missing = failure { () throws(LinkError) in try client.add(specification, to: gone) }
        #expect(missing?.reason == .notFound)
        #expect(
            missing?.description == "cannot add address 10.42.1.1/30 on gone: the interface does not exist (ENODEV)")
        kernel.behavior.isPrivileged = false
        #expect(try refusal(of: .add, specification)?.reason == .notPermitted)
        #expect(try refusal(of: .remove, specification)?.reason == .notPermitted)
    }

    @Test("of IPv6 go when the link is set down or its MTU is too small")
    func ipv6Goes() throws {
        var client = try LinkClient(kernel.connector)
        try client.change(try link, LinkChanges(mtu: 1000))
        #expect(try client.addresses().filter { $0.linkIndex == 2 }.map(\.address) == [address("192.0.2.1")])
        try client.change(try link, LinkChanges(mtu: 1500))
        try client.add(AddressSpecification(address("fd00::1"), prefixBitCount: 64), to: try link)
        try client.change(try link, LinkChanges(isUp: false))
        #expect(try client.addresses().filter { $0.linkIndex == 2 }.map(\.address) == [address("192.0.2.1")])
    }
}
