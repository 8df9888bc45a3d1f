/// The headers between an IP header and the payload: IPv6 extension headers (RFC 8200 §4), and of both versions the
/// authentication header (RFC 4302).
struct ExtensionHeaders {
    /// What stands at ``offset``.
    private(set) var protocolNumber: IPProtocol
    /// Where the number stands that told ``protocolNumber``, from the start of the bytes.
    private(set) var protocolOffset: Int
    /// Where the payload begins, from the start of the bytes.
    private(set) var offset: Int
    private(set) var fragment: NetworkPacket.Fragment?
    private(set) var hasAuthenticationHeader = false

    /// Walks to the payload of a packet, given without padding, or to the part of it that a fragment carries.
    ///
    /// IPv4 has the authentication header only, and has told already whether the packet is a fragment.
    init(
        in layer: LayerReader, _ protocolNumber: IPProtocol, toldAt protocolOffset: Int, from offset: Int,
        _ family: NetworkAddress.Family, fragment: NetworkPacket.Fragment? = nil
    ) throws(LayerError) {
        self.protocolNumber = protocolNumber
        self.protocolOffset = protocolOffset
        self.offset = offset
        self.fragment = fragment
        while self.fragment == nil, try step(layer, family) {}
    }

    /// Passes over one header; returns whether there was one.
    private mutating func step(
        _ layer: LayerReader, _ family: NetworkAddress.Family
    ) throws(LayerError) -> Bool {
        let bytes = layer.bytes
        let byteCount: Int
        switch (protocolNumber, family) {
        case (.authentication, _):
            try layer.require(offset + 2, "Authentication Header")
            byteCount = (Int(bytes[offset + 1]) + 2) * 4
            hasAuthenticationHeader = true
            try layer.require(offset + byteCount, "Authentication Header")
        case (.hopByHopOptions, .ipv6), (.routing, .ipv6), (.destinationOptions, .ipv6):
            try layer.require(offset + 2, "IPv6 extension header")
            byteCount = (Int(bytes[offset + 1]) + 1) * 8
            try layer.require(offset + byteCount, "IPv6 extension header")
        case (.fragment, .ipv6):
            byteCount = 8
            try layer.require(offset + byteCount, "IPv6 fragment header")
            let word: UInt16 = bytes.bigEndian(at: offset + 2)
            // Both zero: an atomic fragment, which is whole (RFC 6946).
            if word & 0xfff9 != 0 {
                fragment = NetworkPacket.Fragment(
                    identification: bytes.bigEndian(at: offset + 4), offset: Int(word & 0xfff8), hasMore: word & 1 != 0)
            }
        default: return false
        }
        protocolNumber = IPProtocol(rawValue: bytes[offset])
        protocolOffset = offset
        offset += byteCount
        return true
    }
}
