import L2TPConfig
import L2TPConfigTestSupport
import L2TPModel
import L2TPWire
import Testing

/// Addresses that others have given, or that come and go with the MTU.
extension PlannerTests {
    @Test("Of IPv6 an interface has each address but once: another prefix by hand makes room for the configured one")
    func otherPrefix() throws {
        var (host, owned) = try applied()
        try host.change(PlanningExample.key(), .add(KnownValue.prefix("2001:db8::1/128")))
        let configuration = edited { $0.interface.addresses.append(KnownValue.prefix("2001:db8::1/64")) }
        let plan = Planner().plan(configuration, current: host.state, owned: owned)
        try host.perform(plan.stages.all)
        owned = plan.ownership
        #expect(Planner().plan(configuration, current: host.state, owned: owned).isEmpty)
    }

    @Test("Undoing brings back the IPv6 addresses that an MTU below 1280 costs")
    func undoneMTU() throws {
        var (host, owned) = try applied()
        let address = KnownValue.prefix("2001:db8:9::1/64")
        try host.change(PlanningExample.key(), .add(address))
        let plan = Planner().plan(
            edited { $0.interface.mtu = .bytes(1000) }, current: host.state, owned: owned)
        try host.perform(plan.stages.all)
        #expect(host.sessions[PlanningExample.key()]?.interface.addresses.count == 1)
        try host.perform(plan.stages.all.reversed().flatMap { $0.undone() })
        #expect(host.sessions[PlanningExample.key()]?.interface.addresses.contains { $0.isSame(as: address) } == true)
    }

    @Test(
        "Thousands of addresses of one interface are compared, and undone, in their order",
        .timeLimit(.minutes(2)))
    func manyAddresses() throws {
        func addresses(_ count: UInt32) -> [AddressSpecification] {
            (1...count).map { AddressSpecification(.v4(IPv4Address(number: 0x0a00_0000 + $0)), prefixBitCount: 16) }
        }
        let key = PlanningExample.key()
        let all = addresses(8000)
        func state(_ addresses: [AddressSpecification], by hand: [AddressSpecification]) -> InterfaceState {
            InterfaceState(
                link: Link(index: 5, name: "l2tp-lan", mtu: 1438, isUp: true),
                addresses: (addresses + hand).map {
                    InterfaceAddress(linkIndex: 5, address: $0.address, prefixBitCount: $0.prefixBitCount)
                })
        }
        let byHand = (1...8000).map {
            AddressSpecification(.v4(IPv4Address(number: 0x0a00_8000 + $0)), prefixBitCount: 16)
        }
        let previous = state(all, by: byHand)
        let setup = InterfaceSetup(addressesToRemove: all, addressesToAdd: byHand)
        let undone = L2TPConfig.Step.setUpInterface(key, setup, previous: previous).undone()
        guard case .setUpInterface(key, let back, _)? = undone.first else {
            Issue.record("\(undone.count) steps of another kind")
            return
        }
        #expect(back.addressesToAdd == all + byHand)
        #expect(back.addressesToRemove == byHand)

        // Half of what is recorded is not configured any more.
        let configuration = edited { $0.interface.addresses = addresses(4000) }
        var (host, owned) = try applied()
        owned.sessions[key]?.addresses = all
        host.sessions[key]?.interface.addresses = previous.addresses
        let plan = Planner().plan(configuration, current: host.state, owned: owned)
        guard case .setUpInterface(key, let change, _)? = plan.changes.lazy.flatMap(\.steps).first else {
            Issue.record("\(plan.words.count) changes of another kind")
            return
        }
        #expect(change.addressesToRemove == Array(all[4000...]))
        #expect(change.addressesToAdd == addresses(4000) + byHand)
    }
}
