import L2TPModel
import L2TPNetlink
import L2TPWire
import LinkControl
import Netlink
import SystemPackage
import Testing

extension KernelTests {
    /// The interfaces of many sessions at a time.
    @Suite("Many interfaces are changed at a time", .sitePair)
    struct ManyLinksTests {
        let pair: SitePair
        let count = 200

        init() throws {
            pair = try SitePair.current()
            try pair.left.deleteAllTunnels()
        }

        /// The interfaces of new sessions.
        private func interfaces() throws -> [Link] {
            var l2tp = try pair.left.client()
            try l2tp.createTunnel(.udp(1))
            let sessions = try (1...count).map { try SessionSpecification.named("pw\($0)", UInt32($0), in: 1) }
            #expect(l2tp.createSessions(sessions) == sessions.map { _ in nil })
            var client = try pair.left.linkClient()
            return try client.links(named: (1...count).map { "pw\($0)" }).map { try #require($0) }
        }

        @Test("renamed, given an alias and an MTU, and set up")
        func changes() throws {
            let links = try interfaces()
            var client = try pair.left.linkClient()
            let changes = try links.map { link in
                let name = try InterfaceName("lan\(link.name.dropFirst(2))")
                return (link: link, changes: LinkChanges(isUp: true, name: name, mtu: 1400, alias: "of \(link.name)"))
            }
            #expect(client.change(changes) == links.map { _ in nil })
            let now = try client.links(indices: links.map(\.index)).map { try #require($0) }
            #expect(now.map(\.name) == changes.map { $0.changes.name?.text })
            #expect(now.allSatisfy { $0.isUp && $0.mtu == 1400 })
            #expect(now.map(\.alias) == links.map { "of \($0.name)" })
            var l2tp = try pair.left.client()
            // Sessions report the name of their creation.
            #expect(
                try l2tp.sessions().map(\.interfaceName).sorted { $0 ?? "" < $1 ?? "" } == links.map(\.name).sorted())
            try pair.left.deleteAllTunnels()
            // Sessions of renamed interfaces are gone then, their interfaces may be there for a moment longer.
            let areGone = try eventually { try client.links(indices: links.map(\.index)).allSatisfy { $0 == nil } }
            #expect(areGone)
        }

        @Test("A name that is taken is refused: what comes before it in the kernel's order is done, the alias is not")
        func nameTaken() throws {
            let interface = try PseudowireInterface(in: pair.left)
            let changes = LinkChanges(
                isUp: true, name: try InterfaceName(SitePair.interface), mtu: 1300, alias: "never")
            let error = try interface.refusal(of: changes)
            #expect(error.reason == .exists && error.errno == .fileExists)
            #expect(error.explanation == "another interface has the name \(SitePair.interface)")
            let link = try interface.link
            #expect(link.mtu == 1300 && link.alias == nil && !link.isUp)
        }

        @Test("Before Linux 6.2 an interface is not renamed while it is up")
        func renameWhileUp() throws {
            let interface = try PseudowireInterface(in: pair.left)
            try interface.change(LinkChanges(isUp: true))
            let link = try interface.link
            let changes = LinkChanges(name: try InterfaceName("lan"))
            let error = linkFailure { () throws(LinkError) in try pair.left.change(link, changes) }
            if !Kernel.isAtLeast(6, 2) {
                #expect(error?.reason == .busy && error?.errno == .resourceBusy)
                #expect(error?.explanation == "it cannot be renamed while it is up")
                // Not even to the name it has.
                #expect(try interface.refusal(of: LinkChanges(name: try InterfaceName("pw"))).reason == .busy)
            } else {
                #expect(error == nil)
                #expect(try pair.left.requireLink("lan").index == link.index)
            }
        }

        @Test("given addresses and deprived of them")
        func addresses() throws {
            let links = try interfaces()
            var client = try pair.left.linkClient()
            for link in links { try pair.left.set("ipv6/conf/\(link.name)/disable_ipv6", to: "0") }
            #expect(client.change(links.map { ($0, LinkChanges(isUp: true)) }) == links.map { _ in nil })
            let wanted = links.enumerated().flatMap { number, link in
                [
                    (
                        address: AddressSpecification(
                            .v4(IPv4Address(number: 0x0a2a_0000 + UInt32(number) * 4 + 1)), prefixBitCount: 30),
                        link: link
                    ),
                    (
                        address: AddressSpecification(
                            .v6(IPv6Address(high: 0xfd42 << 48 | UInt64(number), low: 1)), prefixBitCount: 64,
                            skipsDuplicateDetection: true),
                        link: link
                    ),
                ]
            }
            #expect(client.add(wanted) == wanted.map { _ in nil })
            let byIndex = Dictionary(links.map { ($0.index, $0) }, uniquingKeysWith: { first, _ in first })
            let present = try client.addresses().compactMap { address in
                byIndex[address.linkIndex].map(address.withoutLabel)
            }
            #expect(Set(present.map(\.specification)).isSuperset(of: wanted.map(\.address)))
            #expect(client.add(wanted).allSatisfy { $0?.reason == .exists })
            #expect(client.remove(wanted) == wanted.map { _ in nil })
            #expect(client.remove(wanted).allSatisfy { $0?.reason == .notFound })
            try pair.left.deleteAllTunnels()
        }

        @Test("Each has the error of the single call, and the others are changed")
        func errors() throws {
            let interface = try PseudowireInterface(in: pair.left)
            let link = try interface.link
            let gone = Link(index: 9999, name: "gone", mtu: 1500)
            var client = try pair.left.linkClient()
            let changes: [(link: Link, changes: LinkChanges)] = [
                (gone, LinkChanges(isUp: true)), (link, LinkChanges(mtu: 70000)), (link, LinkChanges(mtu: 1300)),
                (link, LinkChanges(master: .link(index: 9999))),
            ]
            let errors = client.change(changes)
            #expect(errors.map { $0?.reason } == [.notFound, .invalid, nil, .notMaster])
            for (error, (link, changes)) in zip(errors, changes) where error != nil {
                #expect(linkFailure { () throws(LinkError) in try client.change(link, changes) } == error)
            }
            #expect(try interface.link.mtu == 1300)
        }

        @Test("Many routes are looked up, with the answers of the single call")
        func routes() throws {
            try Shell.ip(
                ["route add unreachable 203.0.113.0/24", "route add fd09::/64 via 2001:db8::fe mtu 1300"], in: pair.left
            )
            defer {
                #expect(throws: Never.self) {
                    try Shell.ip(["route delete unreachable 203.0.113.0/24", "route delete fd09::/64"], in: pair.left)
                }
            }
            var peers: [(peer: IPAddress, source: IPAddress?)] = []
            for number in 2...200 as ClosedRange<UInt32> {
                peers.append((.v4(IPv4Address(number: 0xc000_0200 + number)), SitePair.address(.left, .v4)))
                peers.append((.v4(IPv4Address(number: 0xcb00_7100 + number)), nil))
                peers.append((.v4(IPv4Address(number: 0xc633_6400 + number)), nil))
                peers.append((.v6(IPv6Address(high: 0xfd09 << 48, low: UInt64(number))), nil))
            }
            peers.append((SitePair.address(.right, .v4), ipAddress("192.0.2.77")))
            var client = try pair.left.linkClient()
            let lookups = client.routes(to: peers)
            for ((peer, source), lookup) in zip(peers, lookups) {
                let single = Result { () throws(LinkError) in try client.route(to: peer, from: source) }
                #expect(lookup == single)
            }
            #expect(try lookups[0].get().route?.pathMTU == 1500)
            #expect(try lookups[1].get() == .unreachable)
            #expect(try lookups[2].get() == .noRoute)
            #expect(try lookups[3].get().route?.pathMTU == 1300)
        }
    }
}
