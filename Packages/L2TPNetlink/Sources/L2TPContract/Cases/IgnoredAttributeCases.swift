internal import L2TPModel
internal import L2TPNetlink
internal import L2TPWire
internal import Netlink
internal import SystemPackage

extension ContractCase {
    /// The attributes that the kernel takes and forgets, with values it cannot have by itself.
    private static let ignored: [(name: String, attribute: RawAttribute)] = [
        ("OFFSET", RawAttribute(.offset, number: 16 as UInt16)),
        ("DATA_SEQ", RawAttribute(.dataSequencing, number: 2 as UInt8)),
        ("L2SPEC_LEN", RawAttribute(.l2SpecificSublayerByteCount, number: 8 as UInt8)),
        ("VLAN_ID", RawAttribute(.vlanID, number: 42 as UInt16)),
        ("DEBUG", RawAttribute(.debug, number: 15 as UInt32)),
        ("MTU", RawAttribute(.mtu, number: 900 as UInt16)),
        ("MRU", RawAttribute(.mru, number: 900 as UInt16)),
        ("PAD", RawAttribute(.padding, [1, 2, 3, 4])),
        ("USING_IPSEC", RawAttribute(.usingIPsec, number: 1 as UInt8)),
        ("STATS", RawAttribute(.statistics, [12, 0, 1, 0, 9, 0, 0, 0, 0, 0, 0, 0])),
        ("attribute 0", RawAttribute(NetlinkAttributeType(0), [1])),
    ]

    /// Each of them by itself: what is created is the same as without, in every attribute of the reply.
    static let ignoredAttributeCases: [ContractCase] =
        ignored.map { name, attribute in
            ContractCase("\(name) is accepted and ignored") { kernel in
                try kernel.createTunnel()
                kernel.expect(try kernel.send(.sessionCreate, .session), isRefusedWith: nil, "creating")
                let (tunnel, session) = (try kernel.tunnel(3000), try kernel.session(1000, in: 3000))
                try kernel.client.deleteTunnel(TunnelID(3000))
                kernel.expect(try kernel.send(.tunnelCreate, .udpTunnel + [attribute]), isRefusedWith: nil, "tunnel")
                kernel.expect(try kernel.send(.sessionCreate, .session + [attribute]), isRefusedWith: nil, "session")
                kernel.expect(try kernel.tunnel(3000), tunnel, "tunnel")
                kernel.expect(try kernel.session(1000, in: 3000), session, "session")
                kernel.expect(
                    try kernel.send(.sessionModify, .session(1000, in: 3000) + [attribute]), RawOutcome(), "MODIFY")
                kernel.expect(try kernel.session(1000, in: 3000), session, "session afterwards")
            }
        }
}
