internal import CLibmnl
public import L2TPModel
public import Netlink
internal import SystemPackage

/// Changes of links.
extension LinkClient where Transport: ~Copyable {
    /// Changes a link, found by its number, in one request of `RTM_SETLINK`; ``LinkChanges`` says what happens if
    /// the kernel refuses a part of it.
    ///
    /// Throws ``LinkError``: `invalid` for a name, MAC address or alias that no link can have (nothing is sent then)
    /// and an MTU out of bounds, `exists` for a name that is taken, `busy` for a MAC address, and before Linux 6.2 a
    /// name, while the link is up, `notMaster`, `notFound`, `notPermitted`.
    public mutating func change(_ link: Link, _ changes: LinkChanges) throws(LinkError) {
        if let problem = changes.problem { throw LinkError(.change, .link(link.name), .invalid, problem) }
        guard !changes.isEmpty else { return }
        do throws(NetlinkError) {
            try exchange.request(Self.setLink) { (writer) throws(NetlinkError) in
                try changes.append(to: &writer, linkIndex: link.index)
            }
        } catch {
            throw changes.diagnose(error, on: look(at: link.index) ?? link, master: master(in: changes))
        }
    }

    /// Moves a link to another network namespace, where it arrives down and without addresses, and gets another
    /// number if its own is taken. An L2TP session stays where its tunnel is, with the name it has reported.
    ///
    /// Throws ``LinkError``: `exists` if its name is taken there, `namespace` if that cannot be found, `notFound`,
    /// `notPermitted` (CAP_NET_ADMIN is needed in both).
    public mutating func move(_ link: Link, to namespace: NetworkNamespace) throws(LinkError) {
        let object = LinkError.Object.link(link.name)
        do throws(NetlinkError) {
            try namespace.withFileDescriptor { (file) throws(NetlinkError) in
                try exchange.request(Self.setLink) { (writer) throws(NetlinkError) in
                    try LinkChanges().append(to: &writer, linkIndex: link.index)
                    try writer.append(
                        NetlinkAttributeType(IFLA_NET_NS_FD), number: UInt32(bitPattern: file.rawValue))
                }
            }
        } catch {
            switch (error.operation, error.errno) {
            case (.request, .fileExists):
                throw LinkError(
                    .move, object, .exists, errno: error.errno, "its name is taken in the other network namespace")
            case (.request, .invalidArgument):
                throw LinkError(
                    .move, object, .notSupported, errno: error.errno,
                    LinkError.text("it cannot leave its network namespace", error.message))
            default:
                throw LinkError(.move, object, error)
            }
        }
    }

    static var setLink: NetlinkMessageType { NetlinkMessageType(rawValue: UInt16(RTM_SETLINK)) }

    /// The link as it is now, to explain a refusal; nil if it cannot be read.
    mutating func look(at index: UInt32) -> Link? {
        (try? link(index: index)) ?? nil
    }

    mutating func master(in changes: LinkChanges) -> Link? {
        guard case .link(let index) = changes.master else { return nil }
        return look(at: index)
    }
}
