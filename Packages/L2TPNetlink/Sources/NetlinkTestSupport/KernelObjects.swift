internal import CLibmnl
internal import L2TPModel
internal import L2TPWire
internal import LinkControl

/// What a kernel object goes through after its deletion: it stays visible for a number of looks.
struct Lifetime {
    private var remainingLooks: Int?

    /// Whether the object has been deleted.
    var isEnding: Bool { remainingLooks != nil }
    /// Whether the object is gone.
    var isOver: Bool { remainingLooks == 0 }

    /// Begins the end, unless it has begun.
    mutating func end(after looks: Int) {
        remainingLooks = remainingLooks ?? looks
    }

    /// Ends at once, whatever was to come.
    mutating func finish() {
        remainingLooks = 0
    }

    /// Ends after another number of looks than was to come.
    mutating func postpone(by looks: Int) {
        remainingLooks = looks
    }

    /// Somebody has seen the object.
    mutating func countLook() {
        if let looks = remainingLooks, looks != .max { remainingLooks = max(looks - 1, 0) }
    }
}

/// A tunnel of the kernel.
struct TunnelRow {
    var tunnel: Tunnel
    /// The descriptor of the user's socket; nil if the kernel made the socket.
    var descriptor: UInt32?
    var lifetime = Lifetime()

    var id: TunnelID { tunnel.id }
    /// A socket of IPv6 reports and checks other things.
    var isIPv6: Bool { tunnel.local?.version == .v6 }
}

/// A session of the kernel.
struct SessionRow {
    var session: Session
    var sublayer: L2SpecificSublayer
    /// The encapsulation and version of its tunnel, which it may outlive.
    var encapsulation: Encapsulation?
    var version: ProtocolVersion
    var linkIndex: UInt32?
    /// Whether the identifier has been in two UDP tunnels at a time, so that lookups compare the tunnel.
    var hasCollided = false
    /// Whether its tunnel has gone before it.
    var isOrphan = false
    var lifetime = Lifetime()

    /// Whether it is a session of the tunnel that has the identifier now.
    func isMember(of id: TunnelID) -> Bool { session.tunnelID == id && !isOrphan }
}

/// A link of the kernel.
struct LinkRow {
    var link: Link
    /// What the session knows it by whose interface it is: its number at creation, in whatever network namespace it is now;
    /// nil if it is none.
    var pseudowire: UInt32?
    var lifetime = Lifetime()
}
