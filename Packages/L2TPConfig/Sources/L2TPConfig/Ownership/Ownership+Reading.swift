internal import L2TPModel
internal import L2TPWire

extension Ownership {
    /// An ownership from the text that ``recorded()`` makes.
    ///
    /// Throws ``OwnershipRecordError`` for any other text, also for one that was cut off anywhere.
    public init(record: some StringProtocol) throws(OwnershipRecordError) {
        var reader = OwnershipReader(RecordScanner(record))
        self = try reader.read()
    }

    /// The ``source`` in a text that ``recorded()`` makes, or in the beginning of one, without reading the rest.
    ///
    /// Throws ``OwnershipRecordError`` if the text does not begin as a record does.
    public static func source(inRecord record: some StringProtocol) throws(OwnershipRecordError) -> ConfigurationDigest?
    {
        var reader = OwnershipReader(RecordScanner(record))
        return try reader.readSource()
    }
}

/// Reads a record object by object.
private struct OwnershipReader {
    private var scanner: RecordScanner
    private var ownership = Ownership()
    private var tunnel: (id: TunnelID, entry: Ownership.OwnedTunnel)?
    private var session: (key: SessionKey, entry: Ownership.OwnedSession)?
    /// Whether the interface of the session is configured to have other addresses than it was given.
    private var hasOtherAddresses = false

    init(_ scanner: RecordScanner) {
        self.scanner = scanner
        // Sessions take about this many bytes; it spares the table's growth.
        ownership.sessions.reserveCapacity(scanner.byteCount / 128)
    }

    /// Reads no more than the text of which the configuration is all that is recorded.
    mutating func readSource() throws(OwnershipRecordError) -> ConfigurationDigest? {
        _ = try readBeginning()
        return ownership.source
    }

    mutating func read() throws(OwnershipRecordError) -> Ownership {
        var keyword = try readBeginning()
        while keyword != .end {
            try readLine(keyword)
            try scanner.endLine()
            keyword = try nextKeyword()
        }
        let count: UInt64 = try scanner.number()
        guard count == scanner.line - 1 else { throw scanner.error(.malformed("lines are missing")) }
        try scanner.endLine()
        guard scanner.isAtEnd else { throw scanner.error(.trailing) }
        store()
        return ownership
    }

    /// Reads what stands before all objects; returns the keyword behind it.
    private mutating func readBeginning() throws(OwnershipRecordError) -> RecordKeyword {
        guard (try? scanner.keyword()) == .record else { throw scanner.error(.notARecord) }
        let version: UInt32 = try scanner.number()
        guard version == 1 else { throw scanner.error(.version(version)) }
        try scanner.endLine()
        let keyword = try nextKeyword()
        guard keyword == .source else { return keyword }
        ownership.source = try scanner.digest()
        try scanner.endLine()
        return try nextKeyword()
    }

    private mutating func nextKeyword() throws(OwnershipRecordError) -> RecordKeyword {
        guard !scanner.isAtEnd else { throw scanner.error(.cutOff) }
        return try scanner.keyword()
    }

    private mutating func readLine(_ keyword: RecordKeyword) throws(OwnershipRecordError) {
        switch keyword {
        case .session: try readSession()
        case .specification: try readSpecification()
        case .address:
            try requireSession()
            let address = try address()
            session?.entry.addresses.append(address)
        case .setup: try readSetup()
        case .tunnel: try readTunnel()
        case .setupAddress:
            guard hasOtherAddresses else { throw scanner.error(.malformed("belongs to no setup")) }
            let address = try address()
            session?.entry.interface?.addresses.append(address)
        case .master:
            try requireSession()
            let name = try scanner.text()
            session?.entry.formerMasterNames.append(name)
        case .namespace:
            try requireSession()
            let name = try scanner.text()
            session?.entry.formerNamespaces.append(name)
        case .kept:
            try requireSession()
            guard session?.entry.kept == nil else { throw scanner.error(.malformed("kept twice")) }
            let kept = try interface()
            session?.entry.kept = kept
        case .keptAddress:
            guard session?.entry.kept != nil else { throw scanner.error(.malformed("belongs to no interface")) }
            let address = try interfaceAddress()
            session?.entry.kept?.addresses.append(address)
        default: throw scanner.error(.malformed("no such keyword"))
        }
    }

    private func requireSession() throws(OwnershipRecordError) {
        guard session != nil else { throw scanner.error(.malformed("belongs to no session")) }
    }

    /// Takes the object that was read last into the ownership.
    private mutating func store() {
        if let tunnel { ownership.tunnels[tunnel.id] = tunnel.entry }
        if var session {
            if !hasOtherAddresses { session.entry.interface?.addresses = session.entry.addresses }
            ownership.sessions[session.key] = session.entry
        }
        tunnel = nil
        session = nil
        hasOtherAddresses = false
    }

    private mutating func readTunnel() throws(OwnershipRecordError) {
        store()
        let id = TunnelID(try scanner.number())
        guard ownership.tunnels[id] == nil else { throw scanner.error(.malformed("the tunnel is there twice")) }
        tunnel = (id, Ownership.OwnedTunnel(name: try scanner.text(), specifications: []))
    }

    private mutating func readSession() throws(OwnershipRecordError) {
        store()
        let tunnelID = TunnelID(try scanner.number())
        let key = SessionKey(SessionID(try scanner.number()), in: tunnelID)
        guard ownership.sessions[key] == nil else { throw scanner.error(.malformed("the session is there twice")) }
        session = (
            key,
            Ownership.OwnedSession(
                name: try scanner.text(), specifications: [], masterName: try scanner.optionalText(),
                namespace: try scanner.optionalText())
        )
    }

    private mutating func readSetup() throws(OwnershipRecordError) {
        try requireSession()
        guard session?.entry.interface == nil else { throw scanner.error(.malformed("set up twice")) }
        var interface = InterfaceConfiguration()
        if let count = try scanner.optionalNumber(UInt32.self) { interface.mtu = .bytes(count) }
        let address = try optionalMACAddress()
        if let address { interface.mac = .address(address) }
        let flags = try scanner.flags(4)
        interface.isUp = flags & 1 != 0
        if flags & 2 != 0 {
            guard address == nil else { throw scanner.error(.malformed("a random MAC address is not recorded")) }
            interface.mac = .random
        }
        if let name = try interfaceName() {
            interface.master = flags & 4 != 0 ? .vrf(name) : .bridge(name)
        } else if flags & 4 != 0 {
            throw scanner.error(.malformed("the VRF has no name"))
        }
        interface.namespace = try scanner.optionalText()
        hasOtherAddresses = flags & 8 != 0
        session?.entry.interface = interface
    }

    private mutating func readSpecification() throws(OwnershipRecordError) {
        if let key = session?.key {
            let specification = try specification(of: key)
            session?.entry.specifications.append(specification)
        } else if let id = tunnel?.id {
            let specification = try specification(of: id)
            tunnel?.entry.specifications.append(specification)
        } else {
            throw scanner.error(.malformed("belongs to no object"))
        }
    }

    private mutating func specification(of id: TunnelID) throws(OwnershipRecordError) -> TunnelSpecification {
        let peerID = TunnelID(try scanner.number())
        let version = ProtocolVersion(rawValue: try scanner.number())
        let (local, peer) = (try scanner.address(), try scanner.address())
        let encapsulation: TunnelEncapsulation
        let number: UInt16 = try scanner.number()
        switch Encapsulation(rawValue: number) {
        case .ip: encapsulation = .ip
        case .udp:
            let (source, destination): (UInt16, UInt16) = (try scanner.number(), try scanner.number())
            let flags = try scanner.flags(3)
            encapsulation = .udp(
                UDPParameters(
                    sourcePort: source, destinationPort: destination, ipv4Checksum: flags & 1 != 0,
                    ipv6TransmitChecksum: flags & 2 != 0, ipv6ReceiveChecksum: flags & 4 != 0))
        case nil: encapsulation = .other(number)
        }
        return TunnelSpecification(
            id: id, peerID: peerID, protocolVersion: version, local: local, peer: peer, encapsulation: encapsulation)
    }

    private mutating func specification(of key: SessionKey) throws(OwnershipRecordError) -> SessionSpecification {
        let peerID = SessionID(try scanner.number())
        let pseudowireType = PseudowireType(rawValue: try scanner.number())
        guard let sublayer = L2SpecificSublayer(rawValue: try scanner.number()) else {
            throw scanner.error(.malformed("no such sublayer"))
        }
        let (cookie, peerCookie) = (try scanner.optionalCookie(), try scanner.optionalCookie())
        let flags = try scanner.flags(3)
        let milliseconds: UInt64 = try scanner.number()
        guard milliseconds <= Int64.max / 1000 else { throw scanner.error(.malformed("a longer time than there is")) }
        return SessionSpecification(
            tunnelID: key.tunnelID, id: key.id, peerID: peerID, pseudowireType: pseudowireType,
            l2SpecificSublayer: sublayer, cookie: cookie, peerCookie: peerCookie,
            sendsSequenceNumbers: flags & 1 != 0, requiresSequenceNumbers: flags & 2 != 0, lnsMode: flags & 4 != 0,
            reorderTimeout: .milliseconds(Int64(milliseconds)), interfaceName: try interfaceName())
    }

    private mutating func interfaceName() throws(OwnershipRecordError) -> InterfaceName? {
        guard let text = try scanner.optionalText() else { return nil }
        do throws(InterfaceName.ParseError) {
            return try InterfaceName(text)
        } catch {
            throw scanner.error(.malformed("the interface's name \(error)"))
        }
    }

    private mutating func optionalMACAddress() throws(OwnershipRecordError) -> MACAddress? {
        guard let number = try scanner.optionalNumber(UInt64.self) else { return nil }
        guard let address = MACAddress(number: number) else {
            throw scanner.error(.malformed("a MAC address has 48 bits"))
        }
        return address
    }

    private mutating func address() throws(OwnershipRecordError) -> AddressSpecification {
        AddressSpecification(
            try scanner.address(), peer: try scanner.optionalAddress(), prefixBitCount: try scanner.number(),
            skipsDuplicateDetection: try scanner.flags(1) != 0)
    }

    private mutating func interface() throws(OwnershipRecordError) -> InterfaceState {
        let (namespace, masterName) = (try scanner.optionalText(), try scanner.optionalText())
        var link = Link(
            index: try scanner.number(), name: try scanner.text(), mtu: try scanner.number(),
            flags: LinkFlags(rawValue: try scanner.number()), kind: try scanner.optionalText())
        link.macAddress = try optionalMACAddress()
        link.alias = try scanner.optionalText()
        link.masterIndex = try scanner.optionalNumber()
        link.operationalState = OperationalState(rawValue: try scanner.number())
        link.minimumMTU = try scanner.number()
        link.maximumMTU = try scanner.optionalNumber()
        link.linkNamespaceID = try scanner.optionalNumber(UInt32.self).map(Int32.init(bitPattern:))
        return InterfaceState(link: link, masterName: masterName, namespace: namespace)
    }

    private mutating func interfaceAddress() throws(OwnershipRecordError) -> InterfaceAddress {
        let index: UInt32 = try scanner.number()
        let (address, peer) = (try scanner.address(), try scanner.optionalAddress())
        let prefixBitCount: UInt8 = try scanner.number()
        let flags = try scanner.flags(5)
        let attributes = try addressAttributes()
        return InterfaceAddress(
            linkIndex: index, address: address, peer: peer, prefixBitCount: prefixBitCount,
            isTentative: flags & 1 != 0, isDuplicate: flags & 2 != 0, skipsDuplicateDetection: flags & 4 != 0,
            isDynamic: flags & 8 != 0, isAutomatic: flags & 16 != 0, attributes: attributes)
    }

    private mutating func addressAttributes() throws(OwnershipRecordError) -> AddressAttributes {
        var attributes = AddressAttributes()
        switch try scanner.optionalAddress() {
        case .v4(let broadcast): attributes.broadcast = broadcast
        case .v6: throw scanner.error(.malformed("a broadcast address is of IPv4"))
        case nil: break
        }
        attributes.scope = try scanner.optionalNumber().map(AddressScope.init(rawValue:))
        attributes.label = try scanner.optionalText()
        attributes.metric = try scanner.optionalNumber()
        attributes.flags = AddressFlags(rawValue: try scanner.number())
        guard AddressFlags.all.isSuperset(of: attributes.flags) else {
            throw scanner.error(.malformed("unknown flags"))
        }
        let (valid, preferred) = (try scanner.optionalNumber(UInt32.self), try scanner.optionalNumber(UInt32.self))
        switch (valid, preferred) {
        case (let valid?, let preferred?):
            attributes.lifetime = AddressLifetime(valid: valid, preferred: preferred)
        case (nil, nil): break
        case (_?, nil), (nil, _?): throw scanner.error(.malformed("half a lifetime"))
        }
        return attributes
    }
}
