/// An IPv4 or IPv6 packet up to what it carries: a view that borrows its bytes.
///
/// Lengths are checked once, by the initializer. Offsets count from the start of the captured frame.
public struct NetworkPacket: ~Escapable {
    /// What of a datagram a fragment is.
    public struct Fragment: Hashable, Sendable {
        /// The number that all fragments of a datagram share; 16 bits with IPv4, 32 with IPv6.
        public let identification: UInt32
        /// Where in the datagram's payload the fragment's begins, in bytes, a multiple of 8.
        public let offset: Int
        /// Whether it is not the last one (M, MF).
        public let hasMore: Bool

        /// A fragment from its header's fields.
        ///
        /// - Parameters:
        ///   - identification: The number that all fragments of a datagram share.
        ///   - offset: Where in the datagram's payload the fragment's begins, in bytes.
        ///   - hasMore: Whether it is not the last one.
        public init(identification: UInt32, offset: Int, hasMore: Bool) {
            self.identification = identification
            self.offset = offset
            self.hasMore = hasMore
        }
    }

    /// The sender.
    public let source: NetworkAddress
    /// The receiver.
    public let destination: NetworkAddress
    /// The time to live (IPv4) or hop limit (IPv6).
    public let hopLimit: UInt8
    /// The type of service (IPv4) or traffic class (IPv6): DSCP and ECN.
    public let trafficClass: UInt8
    /// Where the IP header begins.
    public let headerOffset: Int
    /// What ``payload`` is, after all extension headers that are passed over: hop-by-hop, routing and destination
    /// options and the authentication header. ESP is not passed over.
    public let protocolNumber: IPProtocol
    /// Where ``protocolNumber`` stands.
    public let protocolOffset: Int
    /// Where ``payload`` begins; of a reassembled datagram in bytes from the start of its first fragment's payload.
    public let payloadOffset: Int
    /// What the packet carries, without a link layer's padding; of a fragment its part.
    public let payload: Span<UInt8>
    /// How many bytes of the payload the capture's snap length has cut off.
    public let missingByteCount: Int
    /// What of a datagram the packet is; nil for a whole one.
    public let fragment: Fragment?
    /// Whether an authentication header (RFC 4302) has been passed over.
    public let hasAuthenticationHeader: Bool
    /// Whether fragments have been put together; the offsets of headers are then those of the last one that came.
    public let isReassembled: Bool
    /// The IPv4 header with its options; empty for IPv6 and for a reassembled datagram.
    private let ipv4Header: Span<UInt8>

    /// Whether the IPv4 header's checksum is right (RFC 1071); nil for IPv6 and for a reassembled datagram, which have none.
    ///
    /// A sender whose interface computes checksums captures its own packets with a wrong one.
    public var hasValidHeaderChecksum: Bool? {
        guard !ipv4Header.isEmpty else { return nil }
        var sum: UInt32 = 0
        for index in 0..<ipv4Header.count / 2 { sum += UInt32(ipv4Header.bigEndian(UInt16.self, at: 2 * index)) }
        // At most 30 words: two folds are enough.
        sum = (sum & 0xffff) + sum >> 16
        sum = (sum & 0xffff) + sum >> 16
        return sum == 0xffff
    }

    /// Whether the capture's snap length has cut some of the payload off.
    public var isCut: Bool { missingByteCount > 0 }
    /// Where ``source`` stands.
    public var sourceOffset: Int { headerOffset + (source.family == .ipv4 ? 12 : 8) }
    /// Where ``destination`` stands.
    public var destinationOffset: Int { headerOffset + (source.family == .ipv4 ? 16 : 24) }

    /// Reads the network layer of a frame.
    ///
    /// - Parameter frame: The frame.
    /// - Throws: ``LayerError``; its code is `notIP` if the frame carries something else.
    @_lifetime(copy frame)
    public init(parsing frame: LinkFrame) throws(LayerError) {
        switch frame.etherType {
        case .ipv4:
            try self.init(ipv4: LayerReader(bytes: frame.payload, start: frame.payloadOffset, isCut: frame.isCut))
        case .ipv6:
            try self.init(ipv6: LayerReader(bytes: frame.payload, start: frame.payloadOffset, isCut: frame.isCut))
        default:
            throw LayerError(
                .notIP, at: frame.etherTypeOffset ?? frame.payloadOffset, in: "EtherType", frame.etherType.description)
        }
    }

    /// Puts together what the two versions' headers tell of a packet, given without padding.
    @_lifetime(copy layer)
    init(
        _ layer: LayerReader, source: NetworkAddress, destination: NetworkAddress, hopLimit: UInt8,
        trafficClass: UInt8, ipv4HeaderByteCount: Int, chain: ExtensionHeaders, missing: Int
    ) {
        self.source = source
        self.destination = destination
        self.hopLimit = hopLimit
        self.trafficClass = trafficClass
        headerOffset = layer.start
        protocolNumber = chain.protocolNumber
        protocolOffset = layer.start + chain.protocolOffset
        payloadOffset = layer.start + chain.offset
        payload = layer.bytes.extracting(droppingFirst: chain.offset)
        missingByteCount = missing
        fragment = chain.fragment
        hasAuthenticationHeader = chain.hasAuthenticationHeader
        isReassembled = false
        ipv4Header = layer.bytes.extracting(first: ipv4HeaderByteCount)
    }

    /// The whole datagram of which a packet was the last fragment to come.
    @_lifetime(copy payload)
    init(reassembled payload: Span<UInt8>, last packet: NetworkPacket, chain: ExtensionHeaders) {
        source = packet.source
        destination = packet.destination
        hopLimit = packet.hopLimit
        trafficClass = packet.trafficClass
        headerOffset = packet.headerOffset
        protocolNumber = chain.protocolNumber
        protocolOffset = packet.protocolOffset
        payloadOffset = chain.offset
        self.payload = payload.extracting(droppingFirst: chain.offset)
        missingByteCount = 0
        fragment = nil
        hasAuthenticationHeader = packet.hasAuthenticationHeader || chain.hasAuthenticationHeader
        isReassembled = true
        ipv4Header = payload.extracting(first: 0)
    }
}
