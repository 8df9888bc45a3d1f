import L2TPModel
import L2TPWire

/// The values of the words after a sub-command, as they were given.
struct Arguments: Hashable {
    /// The keywords that were there, or that a misspelt one most likely stands for, each once, whatever
    /// their values. Not a set: to make one would take a fifth of the time that a short run takes.
    private(set) var given: [Keyword] = []
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
    var lnsMode = false
    /// In milliseconds.
    var reorderTimeout: UInt32 = 0
    /// Output options given among the words.
    var output = OutputOptions()

    /// Takes a keyword as given.
    mutating func give(_ keyword: Keyword) {
        if !given.contains(keyword) { given.append(keyword) }
    }
}
