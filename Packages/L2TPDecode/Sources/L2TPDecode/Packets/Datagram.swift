public import L2TPWire
public import PacketCapture

/// A datagram that carries an L2TP message: its payload, and where that comes from.
public struct Datagram: ~Escapable {
    /// Who sent it.
    public let source: NetworkAddress
    /// Whom it is sent to.
    public let destination: NetworkAddress
    /// The UDP port it comes from; 0 over IP.
    public let sourcePort: UInt16
    /// The UDP port it is sent to; 0 over IP.
    public let destinationPort: UInt16
    /// What carries the message.
    public let encapsulation: Encapsulation
    /// The message.
    public let payload: Span<UInt8>
    /// Whether the capture has cut the end off.
    public let isCut: Bool
    /// Where the message lies in the captured frame, counted from 0; nil if it was put together from fragments.
    public let offset: Int?

    /// A datagram from its parts.
    ///
    /// - Parameters:
    ///   - source: Who sent it.
    ///   - destination: Whom it is sent to.
    ///   - ports: Its UDP ports, or nil over IP.
    ///   - payload: The payload of the UDP datagram, or of the IP packet of protocol 115.
    ///   - isCut: Whether the capture has cut the end off.
    ///   - offset: Where the message lies in the captured frame; nil if it was put together from fragments.
    @_lifetime(copy payload)
    public init(
        source: NetworkAddress, destination: NetworkAddress, ports: (source: UInt16, destination: UInt16)?,
        payload: Span<UInt8>,
        isCut: Bool = false, offset: Int? = nil
    ) {
        self.source = source
        self.destination = destination
        sourcePort = ports?.source ?? 0
        destinationPort = ports?.destination ?? 0
        encapsulation = ports == nil ? .ip : .udp
        self.payload = payload
        self.isCut = isCut
        self.offset = offset
    }
}
