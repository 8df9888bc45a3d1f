internal import L2TPModel
internal import LinkControl

/// Why a local address cannot be bound, from the addresses the host has.
struct LocalAddressFinding: Hashable, Sendable {
    var reason: L2TPError.Reason
    var explanation: String
    var remedy: String?

    private init(_ reason: L2TPError.Reason, _ explanation: String, remedy: String? = nil) {
        self.reason = reason
        self.explanation = explanation
        self.remedy = remedy
    }

    /// What is wrong with `local` as the address of a tunnel to `peer`; `addresses` are nil if unknown.
    init(of local: IPAddress, towards peer: IPAddress, among addresses: [PlacedAddress]?) {
        guard let addresses else {
            self.init(.addressNotLocal, "local address \(local) is not on this host, or not usable yet")
            return
        }
        if let own = addresses.first(where: { $0.address.address == local }) {
            self.init(own)
            return
        }
        self.init(.addressNotLocal, "local address \(local) is not on this host")
        if let own = addresses.first(where: { $0.address.address == peer }) {
            remedy = "\(own.sentence), which is given as remote: local and remote are swapped"
            return
        }
        let usable = addresses.filter { $0.address.address.version == peer.version && $0.isUsable }
        let near = usable.filter { $0.address.sharesPrefix(with: peer) || $0.address.sharesPrefix(with: local) }
        let ready = (near + usable).first { $0.isReady }
        if let ready {
            remedy = "\(ready.sentence); add the address first, or use local \(ready.address.address)"
        } else if let other = near.first ?? usable.first {
            remedy = "\(other.sentence), which cannot be used yet either; add the address first"
        } else {
            remedy = "no interface has an \(peer.version) address to use; add the address first"
        }
    }

    /// What is wrong with an address that the host has.
    private init(_ own: PlacedAddress) {
        let subject = "local address \(own.address.address) on \(own.link.name)"
        if own.address.isDuplicate {
            self.init(
                .addressTentative, "\(subject) is in use by another host",
                remedy: "duplicate address detection failed; give \(own.link.name) another address")
        } else if own.address.isTentative {
            self.init(
                .addressTentative, "\(subject) is still tentative",
                remedy: "duplicate address detection takes a second or two; try again then")
        } else {
            self.init(.other, "\(subject) cannot be bound")
        }
    }
}
