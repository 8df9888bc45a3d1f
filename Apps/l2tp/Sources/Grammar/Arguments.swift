import L2TPModel
import L2TPWire

/// The values of the words after a sub-command, as they were given.
struct Arguments: Hashable {
    /// Whether the words `tunnel` and `session` were there.
    var tunnel = false
    var session = false
    var tunnelID: UInt32?
    var peerTunnelID: UInt32?
    var sessionID: UInt32?
    var peerSessionID: UInt32?
    var encapsulation = Encapsulation.udp
    var local: AddressWord?
    var remote: AddressWord?
    var sourcePort: UInt16?
    var destinationPort: UInt16?
    var checksum = false
    var ipv6TransmitChecksum = true
    var ipv6ReceiveChecksum = true
    var interfaceName: InterfaceName?
    var cookie: Cookie?
    var peerCookie: Cookie?
    var l2SpecificSublayer = L2SpecificSublayer.default
    var sendsSequenceNumbers = false
    var requiresSequenceNumbers = false
    /// Output options given among the words.
    var output = OutputOptions()
}
