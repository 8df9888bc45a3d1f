internal import L2TPModel
internal import L2TPWire

/// What Linux does to addresses beside what it is asked for.
extension InterfaceSetup {
    /// Whether an interface loses IPv6 addresses by the setup: it does when it is moved, when its MTU falls below what
    /// IPv6 needs, and when it is set down, also for a moment, as for another MAC address or when it enters or leaves a
    /// VRF.
    func losesIPv6Addresses(of state: InterfaceState) -> Bool {
        namespace != nil || master != nil || isUp == false || macAddress != nil && state.link.isUp
            || !takesIPv6Addresses(of: state)
    }

    /// Whether an interface can have IPv6 addresses after the setup: they need an MTU of 1280 bytes (RFC 8200 §5). An
    /// automatic MTU that is not known yet counts as large enough.
    func takesIPv6Addresses(of state: InterfaceState) -> Bool {
        switch mtu {
        case .bytes(let mtu): mtu >= 1280
        case .automatic: true
        case nil: state.link.mtu >= 1280
        }
    }

    /// Whether an interface loses addresses by the setup that are given to it again, so that they have to be remembered
    /// until they are.
    func losesAddresses(of state: InterfaceState) -> Bool {
        losesIPv6Addresses(of: state) || !addressesToRemove.isEmpty
    }
}
