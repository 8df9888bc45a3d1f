internal import L2TPConfig
internal import L2TPModel
internal import LinkControl

/// An interface that is to be set up.
struct InterfaceTask {
    /// Its session.
    let key: SessionKey
    /// What is to be done to it.
    var setup: InterfaceSetup
    /// How it is, as far as it is known.
    var present: InterfaceState
    /// What its session was created from, from which an automatic MTU is computed; nil if it is not needed.
    var session: SessionSpecification?
    /// Whether its addresses may have become others than ``present`` says.
    var isDisturbed = false
    /// Whether addresses to add that are there already get the attributes that they are to be added with.
    var restoresAttributes = false

    init(_ key: SessionKey, _ setup: InterfaceSetup, present: InterfaceState, session: SessionSpecification? = nil) {
        self.key = key
        self.setup = setup
        self.present = present
        self.session = session
    }

    /// Where the interface is to be; nil stands for the tunnels' namespace.
    var destination: String? { setup.destination(from: present.namespace) }

    /// Whether it has to be set down first: a MAC address cannot change while it is up.
    var needsDown: Bool {
        present.link.isUp && setup.macAddress.map { $0 != present.link.macAddress } ?? false
    }

    /// What the kernel is asked to change about the link in one request; without what it shows already.
    ///
    /// - Parameters:
    ///   - wasUp: Whether it was up before it was set down for a moment.
    ///   - masterIndex: The number of the link that it is to belong to.
    /// - Returns: The changes, which may be none.
    func changes(wasUp: Bool, masterIndex: UInt32?) -> LinkChanges {
        let link = present.link
        var changes = LinkChanges()
        if let address = setup.macAddress, address != link.macAddress { changes.macAddress = address }
        if case .bytes(let mtu) = setup.mtu, mtu != link.mtu { changes.mtu = mtu }
        if let alias = setup.alias, alias != link.alias ?? "" { changes.alias = alias }
        switch setup.master {
        case nil: break
        case .some(.none): if link.masterIndex != nil { changes.master = .some(.none) }
        case .named: if let masterIndex, masterIndex != link.masterIndex { changes.master = .link(index: masterIndex) }
        }
        let isUp = setup.isUp ?? wasUp
        if isUp != link.isUp { changes.isUp = isUp }
        return changes
    }
}
