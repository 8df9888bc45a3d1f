import L2TPNetlink
import L2TPWire
import Netlink

/// Removes a pseudowire's tunnel; that there is none is no error.
func removePseudowire<Transport: NetlinkTransport & ~Copyable>(
    over connector: NetlinkConnector<Transport>
) throws(L2TPError) {
    var client = try L2TPClient(connector)
    do throws(L2TPError) {
        try client.deleteTunnel(TunnelID(3000))
    } catch {
        guard error.reason == .notFound else { throw error }
    }
}
