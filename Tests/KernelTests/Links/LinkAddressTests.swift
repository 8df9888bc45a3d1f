import L2TPModel
import L2TPWire
import LinkControl
import SystemPackage
import Testing

extension KernelTests {
    @Suite("Addresses of a pseudowire's interface", .sitePair)
    struct LinkAddressTests {
        let pair: SitePair
        let interface: PseudowireInterface

        init() throws {
            pair = try SitePair.current()
            interface = try PseudowireInterface(in: pair.left)
            try pair.left.set("ipv6/conf/pw/disable_ipv6", to: "0")
            try pair.left.set("ipv6/conf/pw/addr_gen_mode", to: "1")
        }

        private func add(_ address: AddressSpecification) throws {
            var client = try pair.left.linkClient()
            try client.add(address, to: try interface.link)
        }

        private func remove(_ address: AddressSpecification) throws {
            var client = try pair.left.linkClient()
            try client.remove(address, from: try interface.link)
        }

        private func refusal(of operation: LinkError.Operation, _ address: AddressSpecification) throws -> LinkError? {
            var client = try pair.left.linkClient()
            let link = try interface.link
            return linkFailure { () throws(LinkError) in
                if operation == .add {
                    try client.add(address, to: link)
                } else {
                    try client.remove(address, from: link)
                }
            }
        }

        static let specifications = [
            AddressSpecification(ipAddress("10.42.1.1"), prefixBitCount: 30),
            AddressSpecification(ipAddress("10.42.1.1"), peer: ipAddress("10.42.1.2"), prefixBitCount: 32),
            AddressSpecification(ipAddress("fd00::1"), prefixBitCount: 64, skipsDuplicateDetection: true),
            AddressSpecification(
                ipAddress("fd00::1"), peer: ipAddress("fd00::2"), prefixBitCount: 128, skipsDuplicateDetection: true),
        ]

        @Test("come and go, with and without a peer", arguments: specifications)
        func addAndRemove(_ specification: AddressSpecification) throws {
            try interface.change(LinkChanges(isUp: true))
            try add(specification)
            #expect(try interface.addresses.map(\.specification) == [specification])
            #expect(try interface.addresses.allSatisfy { $0.isUsable && !$0.isDynamic })
            // As ip sees it.
            let shown = try Shell.require(["ip", "address", "show", "dev", "pw"], in: pair.left).output
            #expect(shown.contains(" \(specification) "), "\(shown)")
            let taken = try refusal(of: .add, specification)
            #expect(taken?.reason == .exists && taken?.errno == .fileExists)
            try remove(specification)
            #expect(try interface.addresses == [])
            let missing = try refusal(of: .remove, specification)
            #expect(missing?.reason == .notFound && missing?.errno == .addressNotAvailable)
        }

        @Test("are put back as they were read, also those of ip")
        func restore() throws {
            try interface.change(LinkChanges(isUp: true))
            let lines = [
                "10.42.1.1/30", "10.42.2.1 peer 10.42.2.2/32", "fd00::1/64 nodad",
                "10.42.3.1/24 broadcast 10.42.3.255 label pw:1 scope link metric 77 noprefixroute",
                "fd01::1/64 nodad metric 9 noprefixroute mngtmpaddr",
                "10.42.4.1/24 label pwlabel preferred_lft 0", "fd02::1/64 nodad preferred_lft 0",
            ]
            try Shell.ip(lines.map { "address add \($0) dev pw" }, in: pair.left)
            let before = try interface.addresses
            #expect(before.count == 7)
            let show = ["ip", "-o", "address", "show", "dev", "pw"]
            let shown = try Shell.require(show, in: pair.left).output
            #expect(shown.contains("brd 10.42.3.255 scope link noprefixroute pw:1"), "\(shown)")
            for address in before { try remove(address.specification) }
            #expect(try interface.addresses == [])
            // Of IPv6 the newest is the first.
            let ipv4 = before.filter { $0.address.version == .v4 }
            let ipv6 = before.filter { $0.address.version == .v6 }
            for address in ipv4 + ipv6.reversed() { try add(address.specification) }
            #expect(try interface.addresses == before)
            #expect(try Shell.require(show, in: pair.left).output == shown)
        }

        @Test("The first of a prefix takes the others along")
        func secondary() throws {
            let first = AddressSpecification(ipAddress("10.42.1.1"), prefixBitCount: 24)
            try add(first)
            try add(AddressSpecification(ipAddress("10.42.1.2"), prefixBitCount: 24))
            try remove(first)
            #expect(try interface.addresses == [])
        }

        @Test("of IPv6 go when the interface is set down or its MTU falls below 1280")
        func ipv6Goes() throws {
            try interface.change(LinkChanges(isUp: true))
            for specification in Self.specifications[...2] where specification.peer == nil { try add(specification) }
            try interface.change(LinkChanges(isUp: false))
            #expect(try interface.addresses.map(\.address) == [ipAddress("10.42.1.1")])
            try interface.change(LinkChanges(isUp: true))
            try add(Self.specifications[2])
            try interface.change(LinkChanges(mtu: 1279))
            #expect(try interface.addresses.map(\.address) == [ipAddress("10.42.1.1")])
            let small = try refusal(of: .add, Self.specifications[2])
            #expect(small?.reason == .noIPv6 && small?.errno == .invalidArgument, "\(String(describing: small))")
            #expect(small?.explanation.hasPrefix("IPv6 needs an MTU of 1280, and that is 1279 there") == true)
        }

        @Test("of IPv6 are refused where it is switched off")
        func ipv6Off() throws {
            try pair.left.set("ipv6/conf/pw/disable_ipv6", to: "1")
            let off = try refusal(of: .add, Self.specifications[2])
            #expect(off?.reason == .noIPv6 && off?.errno == .permissionDenied)
            #expect(off?.remedy == "switch it on: sysctl net.ipv6.conf.pw.disable_ipv6=0")
        }

        @Test("that no interface can have", arguments: ["::", "ff02::5"])
        func impossible(_ text: String) throws {
            let error = try refusal(of: .add, AddressSpecification(ipAddress(text), prefixBitCount: 64))
            #expect(error?.reason == .invalid && error?.errno == .addressNotAvailable)
            #expect(error?.explanation.hasPrefix("no interface can have it") == true)
        }

        @Test("need an interface", arguments: specifications)
        func gone(_ specification: AddressSpecification) throws {
            var client = try pair.left.linkClient()
            let link = Link(index: 9999, name: "gone", mtu: 1500, isUp: false)
            let adding = linkFailure { () throws(LinkError) in try client.add(specification, to: link) }
            #expect(adding?.reason == .notFound && adding?.errno == .operationNotSupportedByDevice)
            let removing = linkFailure { () throws(LinkError) in try client.remove(specification, from: link) }
            #expect(removing?.reason == .notFound && removing?.errno == .operationNotSupportedByDevice)
        }
    }
}
