/// What a session carries, as far as it takes to recognize it: the frame behind the L2TP header.
public struct InnerFrame: Hashable, Sendable {
    /// What kind of frame it is.
    public enum Kind: String, Hashable, Sendable, CaseIterable {
        /// Ethernet, without frame check sequence.
        case ethernet
        /// PPP, without flags and frame check sequence.
        case ppp
        /// An IP packet without a frame around it.
        case ip
        /// Something else, or too little to tell.
        case unknown
    }

    /// What kind of frame it is.
    public var kind: Kind
    /// Ethernet: who sent it, as `02:00:00:00:00:01`.
    public var source: String?
    /// Ethernet: whom it is sent to.
    public var destination: String?
    /// Ethernet: the VLAN identifiers of its tags, 0…4095, the outermost first.
    public var vlans: [UInt16] = []
    /// Ethernet: the EtherType, or the length of an IEEE 802.3 frame; PPP: the protocol number.
    public var type: UInt16?
    /// What it says, in a few words.
    public var description: String
    /// How many bytes there are of it.
    public var byteCount: Int
}
