/// A message that a tunnel's socket has received.
public struct ReceivedMessage: Hashable, Sendable {
    /// The message: over UDP the datagram's content; over IP what follows the four zero bytes.
    public var bytes: [UInt8]
    /// Who sent it; over IP without a connection identifier, which the kernel does not tell. Nil if the kernel tells
    /// nothing.
    public var source: TunnelSocketAddress?

    /// A message from its parts.
    public init(bytes: [UInt8], source: TunnelSocketAddress?) {
        self.bytes = bytes
        self.source = source
    }
}
