/// The link layer of a captured packet, with its VLAN tags: a view that borrows the packet's bytes.
///
/// Lengths are checked once, by the initializer. Offsets count from the start of the captured frame.
public struct LinkFrame: ~Escapable {
    /// What the frame began with.
    public let linkType: LinkType
    /// What it carries, after all VLAN tags.
    public let etherType: EtherType
    /// Where ``etherType`` stands; nil where the link layer has none and the IP version or an address family told it.
    public let etherTypeOffset: Int?
    /// The VLAN tags, the outermost first.
    public let tags: VLANTags
    /// Where the network layer begins.
    public let payloadOffset: Int
    /// What the frame carries; an Ethernet frame's padding may follow.
    public let payload: Span<UInt8>
    /// Whether the capture's snap length has cut the end off.
    public let isCut: Bool

    /// Reads the link layer of a captured packet.
    ///
    /// - Parameter packet: The packet.
    /// - Throws: ``LayerError`` if the header is incomplete or of a link type that is not read.
    @_lifetime(copy packet)
    public init(parsing packet: CapturedPacket) throws(LayerError) {
        try self.init(parsing: packet.bytes, linkType: packet.linkType, isCut: packet.isCut)
    }

    /// Reads the link layer at the start of bytes, for example of the frame that a tunnel carries.
    ///
    /// - Parameters:
    ///   - bytes: The frame.
    ///   - linkType: What it begins with.
    ///   - isCut: Whether its end is missing because not all was captured.
    ///   - start: Where the bytes stand in the captured frame; all offsets count from there.
    /// - Throws: ``LayerError`` if the header is incomplete or of a link type that is not read.
    @_lifetime(copy bytes)
    public init(
        parsing bytes: Span<UInt8>, linkType: LinkType, isCut: Bool = false, at start: Int = 0
    ) throws(LayerError) {
        let layer = LayerReader(bytes: bytes, start: start, isCut: isCut)
        self.linkType = linkType
        self.isCut = isCut
        var etherTypeOffset: Int?
        var etherType: EtherType
        var offset: Int
        switch linkType {
        case .ethernet:
            // IEEE 802.3 §3.2: destination, source, EtherType.
            try layer.require(14, "Ethernet header")
            (etherTypeOffset, offset) = (12, 14)
            etherType = EtherType(rawValue: bytes.bigEndian(at: 12))
        case .linuxCooked:
            // LINKTYPE_LINUX_SLL: packet type, ARPHRD type, address length, address, protocol.
            try layer.require(16, "Linux cooked header")
            (etherTypeOffset, offset) = (14, 16)
            etherType = EtherType(rawValue: bytes.bigEndian(at: 14))
        case .linuxCooked2:
            // LINKTYPE_LINUX_SLL2: protocol, reserved, interface index, ARPHRD type, packet type, address.
            try layer.require(20, "Linux cooked header")
            (etherTypeOffset, offset) = (0, 20)
            etherType = EtherType(rawValue: bytes.bigEndian(at: 0))
        case .ipv4, .ipv6:
            offset = 0
            etherType = linkType == .ipv4 ? .ipv4 : .ipv6
        case .raw, .rawBSD, .rawOpenBSD:
            offset = 0
            etherType = try Self.etherType(ofRaw: layer)
        case .null, .loop:
            try layer.require(4, "Address Family")
            offset = 4
            etherType = try Self.etherType(ofFamily: bytes.bigEndian(at: 0), layer)
        default:
            throw LayerError(
                .unsupportedLinkType, at: start, in: "link layer",
                "\(linkType); Ethernet, Linux cooked, raw IP and BSD loopback are read")
        }
        var tags = VLANTags()
        while etherType.isVLAN {
            try layer.require(offset + 4, "VLAN tag")
            let tag = VLANTag(protocolID: etherType, control: bytes.bigEndian(at: offset))
            guard tags.append(tag) else {
                throw LayerError(.tooManyTags, at: start + offset, in: "VLAN tag", "\(VLANTags.most) at most are read")
            }
            etherType = EtherType(rawValue: bytes.bigEndian(at: offset + 2))
            etherTypeOffset = offset + 2
            offset += 4
        }
        self.etherType = etherType
        self.etherTypeOffset = etherTypeOffset.map { $0 + start }
        self.tags = tags
        payloadOffset = start + offset
        payload = bytes.extracting(droppingFirst: offset)
    }

    private static func etherType(ofRaw layer: LayerReader) throws(LayerError) -> EtherType {
        try layer.require(1, "IP Version")
        switch layer.bytes[0] >> 4 {
        case 4: return .ipv4
        case 6: return .ipv6
        case let version:
            throw LayerError(.badVersion, at: layer.start, in: "IP Version", "\(version), 4 or 6 is right")
        }
    }

    /// LINKTYPE_NULL is in the byte order of the machine that captured; families are small numbers.
    private static func etherType(
        ofFamily number: UInt32, _ layer: LayerReader
    ) throws(LayerError) -> EtherType {
        switch number > 0xffff ? number.byteSwapped : number {
        case 2: return .ipv4
        // AF_INET6 of Linux, of NetBSD and OpenBSD, of FreeBSD, of macOS.
        case 10, 24, 28, 30: return .ipv6
        case let family:
            let detail = "\(family); 2 is IPv4, 10, 24, 28 or 30 IPv6"
            throw LayerError(.notIP, at: layer.start, in: "Address Family", detail)
        }
    }
}
