import L2TPModel
import L2TPNetlink
import L2TPWire
import LinkControl
import Netlink
import SystemPackage
import Testing

extension KernelTests {
    @Suite("The interface of a pseudowire can be changed", .sitePair)
    struct LinkChangeTests {
        let pair: SitePair
        let interface: PseudowireInterface

        init() throws {
            pair = try SitePair.current()
            interface = try PseudowireInterface(in: pair.left)
        }

        @Test("It begins down, without kind, alias and master, with a MAC address of its own and a bounded MTU")
        func beginning() throws {
            let link = try interface.link
            #expect(!link.isUp)
            #expect(link.flags == [.broadcast, .multicast])
            #expect(link.kind == nil && link.alias == nil && link.masterIndex == nil)
            #expect(link.operationalState == .down)
            let mac = try #require(link.macAddress)
            #expect(mac.isAssignable && mac.isLocallyAdministered)
            #expect(link.mtu == 1446)
            #expect(link.minimumMTU == 0 && link.maximumMTU == 65535)
            #expect(link.linkNamespaceID == nil)
        }

        @Test("up and down; its state is then unknown, for it has no carrier to watch")
        func upAndDown() throws {
            try interface.change(LinkChanges(isUp: true))
            let up = try interface.link
            #expect(up.flags == [.broadcast, .multicast, .up, .running, .lowerUp])
            #expect(up.operationalState == .unknown)
            try interface.change(LinkChanges(isUp: false))
            let down = try interface.link
            #expect(!down.isUp && down.operationalState == .down)
        }

        @Test("with an MTU from 0 to 65535")
        func mtu() throws {
            for mtu in [0, 1, 68, 1500, 65535] as [UInt32] {
                try interface.change(LinkChanges(mtu: mtu))
                #expect(try interface.link.mtu == mtu)
            }
            let high = try interface.refusal(of: LinkChanges(mtu: 65536))
            #expect(high.reason == .invalid)
            #expect(
                high.description == "cannot change interface pw: MTU 65536 is not within 0...65535: "
                    + "mtu greater than device maximum (EINVAL)")
            let negative = try interface.refusal(of: LinkChanges(mtu: .max))
            #expect(negative.reason == .invalid && negative.errno == .invalidArgument)
            #expect(try interface.link.mtu == 65535)
        }

        @Test("A MAC address is taken while it is down, together with setting it up")
        func macAddressWhileDown() throws {
            let first = macAddress("02:00:00:00:00:01")
            try interface.change(LinkChanges(isUp: true, macAddress: first))
            let link = try interface.link
            #expect(link.isUp && link.macAddress == first)
        }

        @Test("A MAC address is refused while it is up, even in the request that sets it down")
        func macAddressWhileUp() throws {
            try interface.change(LinkChanges(isUp: true))
            let before = try interface.link
            let changes = LinkChanges(isUp: false, macAddress: macAddress("02:00:00:00:00:02"))
            let error = try interface.refusal(of: changes)
            #expect(error.reason == .busy && error.errno == .resourceBusy)
            #expect(error.explanation == "its MAC address cannot change while it is up")
            #expect(try interface.link == before)
            try interface.change(LinkChanges(isUp: false))
            try interface.change(LinkChanges(isUp: true, macAddress: macAddress("02:00:00:00:00:02")))
            #expect(try interface.link.macAddress == changes.macAddress)
        }

        @Test("What comes before a refusal in the kernel's order stays done")
        func notAtomic() throws {
            let mac = macAddress("02:00:00:00:00:03")
            let before = try interface.link
            let changes = LinkChanges(isUp: true, mtu: 70000, macAddress: mac, alias: "never")
            #expect(try interface.refusal(of: changes).reason == .invalid)
            let after = try interface.link
            #expect(after.macAddress == mac)
            #expect(after.mtu == before.mtu && after.alias == nil && !after.isUp)
        }

        @Test("with an alias of up to 255 bytes, which an empty one removes")
        func alias() throws {
            for alias in ["to site b", String(repeating: "x", count: 255), "größer"] {
                try interface.change(LinkChanges(alias: alias))
                #expect(try interface.link.alias == alias)
            }
            try interface.change(LinkChanges(alias: ""))
            #expect(try interface.link.alias == nil)
        }

        @Test("into a bridge and a VRF and out again", arguments: ["bridge", "vrf table 10"])
        func master(_ kind: String) throws {
            try Shell.ip(["link add master0 type \(kind)"], in: pair.left)
            defer { #expect(throws: Never.self) { try Shell.ip(["link delete master0"], in: pair.left) } }
            let master = try pair.left.requireLink("master0")
            #expect(master.kind == kind.words.first)
            try interface.change(LinkChanges(isUp: true, mtu: 1400, alias: "all", master: .link(index: master.index)))
            let link = try interface.link
            #expect(link.masterIndex == master.index)
            #expect(link.isUp && link.mtu == 1400 && link.alias == "all")
            // Into itself.
            let loop = try #require(
                linkFailure { () throws(LinkError) in
                    try pair.left.change(master, LinkChanges(master: .link(index: master.index)))
                })
            #expect(loop.reason == .notMaster, "\(loop)")
            try interface.change(LinkChanges(master: LinkChanges.Master.none))
            #expect(try interface.link.masterIndex == nil)
        }

        @Test("not into what takes no members")
        func noMaster() throws {
            let wan = try pair.left.requireLink(SitePair.interface)
            let taken = try interface.refusal(of: LinkChanges(master: .link(index: wan.index)))
            #expect(taken.reason == .notMaster)
            #expect(taken.description == "cannot change interface pw: it cannot belong to wan (EOPNOTSUPP)")
            let missing = try interface.refusal(of: LinkChanges(master: .link(index: 9999)))
            #expect(missing.reason == .notMaster)
            #expect(
                missing.description == "cannot change interface pw: there is no interface 9999 to belong to (EINVAL)")
        }

        @Test("not when it is gone")
        func gone() throws {
            let link = try interface.link
            try pair.left.deleteAllTunnels()
            let isGone = try eventually { try pair.left.link(PseudowireInterface.name) == nil }
            #expect(isGone)
            let error = linkFailure { () throws(LinkError) in
                try pair.left.change(link, LinkChanges(isUp: true))
            }
            #expect(error?.reason == .notFound && error?.errno == .operationNotSupportedByDevice)
        }

        @Test("Its MTU is computed when the session is created and never again")
        func mtuAtCreation() throws {
            try Shell.ip(["link set \(SitePair.interface) mtu 1400"], in: pair.left)
            defer {
                #expect(throws: Never.self) { try Shell.ip(["link set \(SitePair.interface) mtu 1500"], in: pair.left) }
            }
            #expect(try interface.link.mtu == 1446)
            var client = try pair.left.client()
            try client.createTunnel(.udp(2))
            try client.createSession(.named("pw2", 32, in: 2))
            #expect(try pair.left.requireLink("pw2").mtu == 1346)
        }

        @Test("by nobody without CAP_NET_ADMIN, who may look")
        func permission() throws {
            let link = try interface.link
            let path = pair.left.path
            let errors = try SystemCalls.unprivileged(in: path) { () throws -> [LinkError?] in
                var client = try LinkClient(.kernel())
                #expect(try client.link(named: PseudowireInterface.name) == link)
                #expect(try client.route(to: SitePair.address(.right, .v4)).route != nil)
                let address = AddressSpecification(ipAddress("10.42.1.1"), prefixBitCount: 30)
                return [
                    linkFailure { () throws(LinkError) in try client.change(link, LinkChanges(isUp: true)) },
                    linkFailure { () throws(LinkError) in try client.move(link, to: .current) },
                    linkFailure { () throws(LinkError) in try client.add(address, to: link) },
                    linkFailure { () throws(LinkError) in try client.remove(address, from: link) },
                ]
            }
            for error in errors {
                #expect(error?.reason == .notPermitted)
                #expect(error?.errno == .notPermitted)
                #expect(error?.remedy == "it needs CAP_NET_ADMIN in the network namespace: run as root")
            }
            #expect(try interface.link == link)
        }
    }
}

extension TestNamespace {
    /// Changes a link with a client of its own.
    func change(_ link: Link, _ changes: LinkChanges) throws(LinkError) {
        var client: LinkClient<NetlinkSocket>
        do throws(NetlinkError) {
            client = try LinkClient(.kernel(in: networkNamespace))
        } catch {
            throw LinkError(.change, .link(link.name), error)
        }
        try client.change(link, changes)
    }
}
