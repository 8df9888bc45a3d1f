internal import L2TPWire

/// The MTU that Linux gives the interface of a session, as it computes it: once, when the session is created.
extension TunnelSpecification {
    /// Bytes that Linux (since 4.12) takes off the path MTU for the interface of an Ethernet session of this tunnel.
    ///
    /// They are the outer IP header without options (20 or 40), that of UDP (8), that of L2TP (session identifier 4, the
    /// cookie we *send* 0…8, the default sublayer 4, and over UDP 4 of flags and version) and that of the inner Ethernet
    /// frame without VLAN tags (14). The peer's cookie and sequence numbers do not count, and neither does IPsec. An
    /// encapsulation that is not known here counts as IP. The kernel's function is `l2tp_eth_adjust_mtu`.
    ///
    /// - Parameter session: The session; only its cookie and sublayer matter.
    /// - Returns: The number of bytes, 38…82.
    public func overhead(of session: SessionSpecification) -> Int {
        let withoutCookie = EncapsulationOverhead(
            encapsulation: encapsulation.kind ?? .ip, ipVersion: peer.version, sublayer: session.l2SpecificSublayer)
        // Linux takes cookies of lengths that the standard does not know, and counts their bytes too.
        return withoutCookie.byteCount + (session.cookie?.byteCount ?? 0)
            + EncapsulationOverhead.ethernetHeaderByteCount
    }

    /// The MTU that Linux (since 4.12) gives the interface of an Ethernet session of this tunnel at its creation.
    ///
    /// It is the path MTU without ``overhead(of:)``. A path MTU above `IPVersion.maximumPacketByteCount` counts as
    /// that; think of the loopback interface's 65536. Where the result is not in 0…65535, as for a path MTU below the
    /// overhead, Linux reckons with a path MTU of 1500.
    ///
    /// - Parameters:
    ///   - session: The session; only its cookie and sublayer matter.
    ///   - pathMTU: The largest IP packet that goes to the peer whole, in bytes, IP header included.
    /// - Returns: The MTU in bytes, without the Ethernet header.
    public func interfaceMTU(of session: SessionSpecification, pathMTU: UInt32) -> UInt32 {
        let overhead = overhead(of: session)
        let mtu = min(Int(pathMTU), peer.version.maximumPacketByteCount) - overhead
        return UInt32((0...65_535).contains(mtu) ? mtu : 1500 - overhead)
    }
}
