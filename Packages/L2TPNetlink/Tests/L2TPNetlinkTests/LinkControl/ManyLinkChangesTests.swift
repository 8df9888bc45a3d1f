import L2TPModel
import LinkControl
import Netlink
import NetlinkTestSupport
import SystemPackage
import Testing

@Suite("Changes of many links, addresses and routes")
struct ManyLinkChangesTests {
    /// A kernel with as many links, which are down.
    private func kernel(_ count: Int) -> (FakeKernel, [Link]) {
        let kernel = FakeKernel()
        for index in 0..<count { kernel.addLink(named: "pw\(index)", isUp: false) }
        return (kernel, Array(kernel.links.suffix(count)))
    }

    private func addresses(of links: [Link]) -> [(address: AddressSpecification, link: Link)] {
        links.map { link in
            let address = IPAddress.v4(IPv4Address(number: 0x0a00_0000 + link.index))
            return (AddressSpecification(address, prefixBitCount: 32), link)
        }
    }

    @Test("Nothing is asked for nothing")
    func none() throws {
        let (kernel, links) = kernel(1)
        var client = try LinkClient(kernel.connector)
        #expect(client.change([]).isEmpty && client.add([]).isEmpty && client.remove([]).isEmpty)
        #expect(client.routes(to: []).isEmpty)
        #expect(client.change([(links[0], LinkChanges())]) == [nil])
        #expect(kernel.requests.isEmpty)
    }

    @Test("Many links are changed, with many requests a datagram and without a look")
    func many() throws {
        let (kernel, links) = kernel(300)
        var client = try LinkClient(kernel.connector)
        let errors = client.change(links.map { ($0, LinkChanges(isUp: true, alias: "session \($0.index)")) })
        #expect(errors == links.map { _ in nil })
        #expect(kernel.links.suffix(300).allSatisfy { $0.isUp && $0.alias == "session \($0.index)" })
        #expect(kernel.requests.map(\.step) == links.map { _ in .linkChange })
        #expect(kernel.mostReceiveBufferBytes <= 212_992)
    }

    @Test("Each has the error of the single call, and the others are changed")
    func errors() throws {
        let (kernel, links) = kernel(4)
        var client = try LinkClient(kernel.connector)
        let gone = Link(index: 99, name: "gone", mtu: 1500, isUp: false)
        kernel.changeLink("pw2") { $0.maximumMTU = 9000 }
        let changes: [(link: Link, changes: LinkChanges)] = [
            (links[0], LinkChanges(isUp: true)), (links[1], LinkChanges(alias: "\0")), (gone, LinkChanges(isUp: true)),
            (links[2], LinkChanges(mtu: 9001)), (links[3], LinkChanges(master: .link(index: 77))),
            (links[3], LinkChanges(isUp: true)),
        ]
        let errors = client.change(changes)
        #expect(errors.map { $0?.reason } == [nil, .invalid, .notFound, .invalid, .notMaster, nil])
        for (error, (link, changes)) in zip(errors, changes) where error != nil {
            #expect(failure { () throws(LinkError) in try client.change(link, changes) } == error)
        }
        #expect(kernel.links.suffix(4).map(\.isUp) == [true, false, false, true])
    }

    @Test("A lost answer: what is not seen is asked for again, and the last change of a link wins")
    func lost() throws {
        for skipped in 0..<3 {
            let (kernel, links) = kernel(2)
            var client = try LinkClient(kernel.connector)
            kernel.inject(.overflow, at: .linkChange, after: skipped)
            let mac = try #require(MACAddress("02:00:00:00:00:01"))
            let errors = client.change([
                (links[0], LinkChanges(isUp: true, mtu: 1400, macAddress: mac)),
                (links[0], LinkChanges(mtu: 1300)), (links[1], LinkChanges(mtu: 70_000_000, alias: "x")),
            ])
            #expect(errors == [nil, nil, nil])
            let link = try #require(kernel.links.first { $0.index == links[0].index })
            #expect(link.isUp && link.mtu == 1300 && link.macAddress == mac)
        }
    }

    @Test("Where nothing can be seen after a loss, it says so")
    func unconfirmed() throws {
        let (kernel, links) = kernel(2)
        var client = try LinkClient(kernel.connector)
        kernel.inject(.overflow, at: .linkChange)
        kernel.fail(.link, with: .noMemory)
        let errors = client.change(links.map { ($0, LinkChanges(isUp: true)) })
        #expect(errors.map { $0?.reason } == [.unconfirmed, nil])
        #expect(
            errors[0]?.description == """
                cannot change interface pw0: the kernel's answer is lost, and whether it is done cannot be seen: \
                cannot receive from the kernel: No buffer space available (ENOBUFS)
                """)
        kernel.inject(.overflow, at: .addressAdd)
        kernel.fail(.addresses, with: .noMemory)
        #expect(client.add(addresses(of: links)).map { $0?.reason } == [.unconfirmed, nil])
    }

    @Test("Many addresses come and go")
    func manyAddresses() throws {
        let (kernel, links) = kernel(300)
        var client = try LinkClient(kernel.connector)
        let before = kernel.addresses
        let wanted = addresses(of: links)
        #expect(client.add(wanted) == links.map { _ in nil })
        #expect(kernel.addresses.suffix(300).map(\.specification) == wanted.map(\.address))
        #expect(kernel.requests.map(\.step) == links.map { _ in .addressAdd })
        #expect(client.add(wanted).allSatisfy { $0?.reason == .exists })
        #expect(client.remove(wanted) == links.map { _ in nil })
        #expect(kernel.addresses == before)
        let errors = client.remove(wanted)
        #expect(errors.allSatisfy { $0?.reason == .notFound && $0?.operation == .remove })
    }

    @Test("Addresses that cannot be do not keep the others from being added")
    func addressErrors() throws {
        let (kernel, links) = kernel(1)
        var client = try LinkClient(kernel.connector)
        let gone = Link(index: 99, name: "gone", mtu: 1500, isUp: false)
        let wanted: [(address: AddressSpecification, link: Link)] = [
            (AddressSpecification(address("10.0.0.1"), prefixBitCount: 33), links[0]),
            (AddressSpecification(address("::"), prefixBitCount: 64), links[0]),
            (AddressSpecification(address("10.0.0.1"), prefixBitCount: 32), gone),
            (AddressSpecification(address("10.0.0.1"), prefixBitCount: 32), links[0]),
        ]
        let errors = client.add(wanted)
        #expect(errors.map { $0?.reason } == [.invalid, .invalid, .notFound, nil])
        for (error, (address, link)) in zip(errors, wanted) where error != nil {
            #expect(failure { () throws(LinkError) in try client.add(address, to: link) } == error)
        }
    }

    @Test("A lost answer counts as done where the address shows it", arguments: [Fault.overflow, .drop])
    func lostAddresses(_ fault: Fault) throws {
        let (kernel, links) = kernel(3)
        var client = try LinkClient(kernel.connector)
        let before = kernel.addresses
        kernel.inject(fault, at: .addressAdd, after: 1)
        #expect(client.add(addresses(of: links)) == [nil, nil, nil])
        kernel.inject(fault, at: .addressRemove, after: 1)
        #expect(client.remove(addresses(of: links)) == [nil, nil, nil])
        #expect(kernel.addresses == before)
    }

    @Test("Many routes are looked up, and their links read once")
    func manyRoutes() throws {
        let kernel = FakeKernel()
        var client = try LinkClient(kernel.connector)
        let peers = (2...201).map { IPAddress.v4(IPv4Address(number: 0xc000_0200 + UInt32($0))) }
        kernel.refuseRoute(to: peers[3], with: .noRouteToHost)
        kernel.setRoute(Route(linkIndex: 2, metricMTU: 1300), to: peers[4])
        kernel.inject(.overflow, at: .route, after: 100)
        let lookups = client.routes(to: peers.map { ($0, nil) })
        #expect(kernel.requests.count { $0.step == .route } > 200)
        #expect(kernel.requests.count { $0.step == .link } < 100)
        var single = try LinkClient(kernel.connector)
        for (peer, lookup) in zip(peers, lookups) {
            #expect(try lookup.get() == (try single.route(to: peer)))
        }
        #expect(try lookups[3].get() == .unreachable)
        #expect(try lookups[4].get().route?.pathMTU == 1300)
    }

    @Test("Routes have the errors of the single call")
    func routeErrors() throws {
        let kernel = FakeKernel()
        var client = try LinkClient(kernel.connector)
        let (own, foreign) = (address("192.0.2.1"), address("192.0.2.77"))
        kernel.refuseRoute(to: address("192.0.2.8"), with: .invalidArgument)
        let peers: [(peer: IPAddress, source: IPAddress?)] = [
            (address("192.0.2.2"), own), (address("192.0.2.2"), foreign), (address("2001:db8::2"), own),
            (address("192.0.2.8"), own),
        ]
        for ((peer, source), lookup) in zip(peers, client.routes(to: peers)) {
            let single = Result { () throws(LinkError) in try client.route(to: peer, from: source) }
            #expect(lookup == single)
        }
        kernel.inject(.drop, at: .route)
        let lost = client.routes(to: [(address("192.0.2.2"), nil)])
        #expect(throws: LinkError.self) { try lost[0].get() }
    }
}
