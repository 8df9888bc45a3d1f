internal import L2TPModel
internal import L2TPWire

extension Ownership {
    /// The ownership as text, which ``init(record:)`` reads. It holds cookies.
    ///
    /// Each line is a keyword and fields between single spaces: first `l2tprec` with the format's version; then, if it is
    /// known, `source` with the digest of the configuration's text; then each tunnel and each session in the order of
    /// their identifiers, with lines below for their parts and for what there may be several of; at last `end` with the
    /// number of lines before, so that a text that was cut off is known for one. Numbers are decimal, addresses and
    /// cookies hexadecimal. `-` is what is not there. In text `%` and two digits stand for each byte that is not a
    /// printable ASCII character, and for `%` and a lone `-`; `%` alone is the empty text. Specifications have the
    /// identifiers that they are recorded under, and reorder timeouts whole milliseconds.
    public func recorded() -> String {
        var writer = RecordWriter(expecting: 64 + tunnels.count * 96 + sessions.count * 256)
        writer.begin("l2tprec")
        writer.field(1 as UInt8)
        if let source {
            writer.begin("source")
            writer.field(source)
        }
        for (id, tunnel) in tunnels.sorted(by: { $0.key < $1.key }) {
            writer.begin("tunnel")
            writer.field(id.rawValue)
            writer.field(tunnel.name)
            for specification in tunnel.specifications { writer.line(specification) }
        }
        for key in sessions.keys.sorted() {
            guard let session = sessions[key] else { continue }
            writer.begin("session")
            writer.field(key.tunnelID.rawValue)
            writer.field(key.id.rawValue)
            writer.field(session.name)
            writer.field(session.masterName)
            writer.field(session.namespace)
            for specification in session.specifications { writer.line(specification) }
            for address in session.addresses { writer.line(address, "address") }
            if let interface = session.interface { writer.line(interface, givenAddresses: session.addresses) }
            for name in session.formerMasterNames {
                writer.begin("master")
                writer.field(name)
            }
            for name in session.formerNamespaces {
                writer.begin("netns")
                writer.field(name)
            }
            if let kept = session.kept { writer.line(kept) }
        }
        return writer.finish()
    }
}

extension RecordWriter {
    fileprivate mutating func line(_ specification: TunnelSpecification) {
        begin("from")
        field(specification.peerID.rawValue)
        field(specification.protocolVersion.rawValue)
        field(specification.local)
        field(specification.peer)
        field(specification.encapsulation.number)
        guard let udp = specification.encapsulation.udp else { return }
        field(udp.sourcePort)
        field(udp.destinationPort)
        field(udp.ipv4Checksum, udp.ipv6TransmitChecksum, udp.ipv6ReceiveChecksum)
    }

    fileprivate mutating func line(_ specification: SessionSpecification) {
        begin("from")
        field(specification.peerID.rawValue)
        field(specification.pseudowireType.rawValue)
        field(specification.l2SpecificSublayer.rawValue)
        field(specification.cookie)
        field(specification.peerCookie)
        field(specification.sendsSequenceNumbers, specification.requiresSequenceNumbers, specification.lnsMode)
        let (seconds, attoseconds) = specification.reorderTimeout.components
        let milliseconds = Int128(seconds) * 1000 + Int128(attoseconds / 1_000_000_000_000_000)
        field(UInt64(clamping: milliseconds))
        field(specification.interfaceName?.text)
    }

    /// How an interface is configured. Its addresses need lines of their own only if they are not those that it was
    /// given.
    fileprivate mutating func line(_ interface: InterfaceConfiguration, givenAddresses: [AddressSpecification]) {
        begin("setup")
        switch interface.mtu {
        case .automatic: field(nil as UInt32?)
        case .bytes(let count): field(count)
        }
        if case .address(let address) = interface.mac { field(address.number) } else { field(nil as UInt64?) }
        let isVRF = if case .vrf = interface.master { true } else { false }
        let hasOtherAddresses = interface.addresses != givenAddresses
        field(interface.isUp, interface.mac == .random, isVRF, hasOtherAddresses)
        field(interface.master?.name.text)
        field(interface.namespace)
        guard hasOtherAddresses else { return }
        for address in interface.addresses { line(address, "setaddr") }
    }

    fileprivate mutating func line(_ address: AddressSpecification, _ keyword: String) {
        begin(keyword)
        field(address.address)
        field(address.peer)
        field(address.prefixBitCount)
        field(address.skipsDuplicateDetection)
    }

    fileprivate mutating func line(_ kept: InterfaceState) {
        begin("kept")
        field(kept.namespace)
        field(kept.masterName)
        let link = kept.link
        field(link.index)
        field(link.name)
        field(link.mtu)
        field(link.flags.rawValue)
        field(link.kind)
        field(link.macAddress?.number)
        field(link.alias)
        field(link.masterIndex)
        field(link.operationalState.rawValue)
        field(link.minimumMTU)
        field(link.maximumMTU)
        field(link.linkNamespaceID.map(UInt32.init(bitPattern:)))
        for address in kept.addresses {
            begin("keptaddr")
            field(address.linkIndex)
            field(address.address)
            field(address.peer)
            field(address.prefixBitCount)
            field(
                address.isTentative, address.isDuplicate, address.skipsDuplicateDetection, address.isDynamic,
                address.isAutomatic)
            let attributes = address.attributes
            field(attributes.broadcast.map(IPAddress.v4))
            field(attributes.scope?.rawValue)
            field(attributes.label)
            field(attributes.metric)
            field(attributes.flags.rawValue)
            field(attributes.lifetime?.valid)
            field(attributes.lifetime?.preferred)
        }
    }
}
