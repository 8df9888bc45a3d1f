extension NetworkPacket {
    /// The most bytes a datagram's payload may have where fragments carry it; both versions count in 16 bits.
    static let largestDatagram = 65_535

    /// Reads an IPv4 packet (RFC 791 §3.1). Options are passed over.
    @_lifetime(copy layer)
    init(ipv4 layer: LayerReader) throws(LayerError) {
        let bytes = layer.bytes
        try layer.require(20, "IPv4 header")
        let version = bytes[0] >> 4
        guard version == 4 else {
            throw LayerError(.badVersion, at: layer.start, in: "IPv4 Version", "\(version), 4 is right")
        }
        let headerByteCount = Int(bytes[0] & 0xf) * 4
        guard headerByteCount >= 20 else {
            throw LayerError(
                .badLength, at: layer.start, in: "IPv4 IHL", "\(headerByteCount) bytes, at least 20 are right")
        }
        try layer.require(headerByteCount, "IPv4 Options")
        let told = Int(bytes.bigEndian(UInt16.self, at: 2))
        // Zero is what Linux leaves where the interface is to cut the packet into segments.
        let total = told == 0 ? bytes.count : told
        guard total >= headerByteCount else {
            throw LayerError(
                .badLength, at: layer.start + 2, in: "IPv4 Total Length",
                "\(total) bytes, the header alone has \(headerByteCount)")
        }
        let missing = try Self.missing(total, layer, "IPv4 Total Length")
        let flags: UInt16 = bytes.bigEndian(at: 6)
        var fragment: Fragment?
        if flags & 0x3fff != 0 {
            let part = Fragment(
                identification: UInt32(bytes.bigEndian(UInt16.self, at: 4)), offset: Int(flags & 0x1fff) * 8,
                hasMore: flags & 0x2000 != 0)
            try part.check(byteCount: total - headerByteCount, at: layer.start + 6, "IPv4 Fragment Offset")
            fragment = part
        }
        let packet = LayerReader(
            bytes: bytes.extracting(first: total - missing), start: layer.start, isCut: missing > 0)
        let chain = try ExtensionHeaders(
            in: packet, IPProtocol(rawValue: bytes[9]), toldAt: 9, from: headerByteCount, .ipv4, fragment: fragment)
        self.init(
            packet, source: NetworkAddress(ipv4: bytes.bigEndian(at: 12)),
            destination: NetworkAddress(ipv4: bytes.bigEndian(at: 16)), hopLimit: bytes[8], trafficClass: bytes[1],
            ipv4HeaderByteCount: headerByteCount, chain: chain, missing: missing)
    }

    /// Reads an IPv6 packet (RFC 8200 §3) with its extension headers (§4).
    @_lifetime(copy layer)
    init(ipv6 layer: LayerReader) throws(LayerError) {
        let bytes = layer.bytes
        try layer.require(40, "IPv6 header")
        let version = bytes[0] >> 4
        guard version == 6 else {
            throw LayerError(.badVersion, at: layer.start, in: "IPv6 Version", "\(version), 6 is right")
        }
        let payloadByteCount = Int(bytes.bigEndian(UInt16.self, at: 4))
        let first = IPProtocol(rawValue: bytes[6])
        // A jumbogram's length is an option (RFC 2675), which nothing but the end of the frame can contradict.
        let isJumbogram = payloadByteCount == 0 && first == .hopByHopOptions
        let total = isJumbogram ? bytes.count : 40 + payloadByteCount
        let missing = try Self.missing(total, layer, "IPv6 Payload Length")
        let packet = LayerReader(
            bytes: bytes.extracting(first: total - missing), start: layer.start, isCut: missing > 0)
        let chain = try ExtensionHeaders(in: packet, first, toldAt: 6, from: 40, .ipv6)
        try chain.fragment?.check(
            byteCount: total - chain.offset, at: layer.start + chain.protocolOffset + 2, "IPv6 Fragment Offset")
        let words: UInt16 = bytes.bigEndian(at: 0)
        self.init(
            packet, source: NetworkAddress(high: bytes.bigEndian(at: 8), low: bytes.bigEndian(at: 16)),
            destination: NetworkAddress(high: bytes.bigEndian(at: 24), low: bytes.bigEndian(at: 32)),
            hopLimit: bytes[7], trafficClass: UInt8(truncatingIfNeeded: words >> 4), ipv4HeaderByteCount: 0,
            chain: chain, missing: missing)
    }

    /// How many of a packet's bytes have not been captured; throws if the frame itself has not got them.
    private static func missing(
        _ total: Int, _ layer: LayerReader, _ field: String
    ) throws(LayerError) -> Int {
        guard total > layer.bytes.count else { return 0 }
        guard layer.isCut else {
            throw layer.missing(field, "it says \(total) bytes, \(layer.bytes.count) are there")
        }
        return total - layer.bytes.count
    }
}

extension NetworkPacket.Fragment {
    /// Refuses what is no part of any datagram (RFC 791 §3.2, RFC 8200 §4.5).
    fileprivate func check(byteCount: Int, at place: Int, _ field: String) throws(LayerError) {
        guard !hasMore || byteCount.isMultiple(of: 8) else {
            throw LayerError(
                .badFragment, at: place, in: field, "\(byteCount) bytes, all but the last have a multiple of 8")
        }
        guard offset + byteCount <= NetworkPacket.largestDatagram else {
            throw LayerError(
                .badFragment, at: place, in: field,
                "it ends at byte \(offset + byteCount), a datagram has at most \(NetworkPacket.largestDatagram)")
        }
    }
}
