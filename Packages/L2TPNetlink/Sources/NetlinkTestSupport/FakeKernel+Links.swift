internal import CLibmnl
public import L2TPModel
public import LinkControl
internal import SystemPackage

/// More that happens to links, addresses and routes without the client's doing.
extension FakeKernel {
    /// The addresses in the order in which they were added.
    public var addresses: [InterfaceAddress] { change { $0.addresses } }

    /// Changes what a link reports: its MAC address, alias, master, largest MTU and so on.
    public func changeLink(_ name: String, _ body: (inout Link) -> Void) {
        change { state in
            for index in state.links.indices where state.links[index].link.name == name {
                body(&state.links[index].link)
                state.announce(state.links[index].link, RTM_NEWLINK)
            }
        }
    }

    /// Removes a link with its addresses.
    public func removeLink(named name: String) {
        change { state in
            for index in state.links.indices where state.links[index].link.name == name {
                state.links[index].lifetime.finish()
            }
            state.removeEndedLinks()
        }
    }

    /// Ends duplicate address detection: the address can be used, or another host has it.
    public func finishDuplicateDetection(of address: IPAddress, isDuplicate: Bool = false) {
        change { state in
            for index in state.addresses.indices where state.addresses[index].address == address {
                // Linux leaves a duplicate tentative.
                state.addresses[index].isTentative = isDuplicate
                state.addresses[index].isDuplicate = isDuplicate
                state.announce(state.addresses[index], RTM_NEWADDR)
            }
        }
    }

    /// Sets what a lookup of the route to a peer finds; without it there is a route to everywhere.
    public func setRoute(_ route: Route, to peer: IPAddress) {
        change { state in
            state.routes[peer] = route
            state.announceRoute(to: peer, RTM_NEWROUTE)
        }
    }
}
