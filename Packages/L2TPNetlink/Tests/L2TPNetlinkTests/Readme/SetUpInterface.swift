import L2TPModel
import LinkControl
import Netlink

/// Sets a pseudowire's interface up, gives it an address, and waits until that can be used.
func setUpInterface<Transport: NetlinkTransport & ~Copyable>(
    named name: String, address: IPAddress, prefixBitCount: UInt8, over connector: NetlinkConnector<Transport>
) throws {
    var client = try LinkClient(connector)
    let link = try client.waitForLink(named: name, atMost: .seconds(5))
    // A MAC address can only change while the interface is down; the kernel draws another at every creation.
    try client.change(link, LinkChanges(isUp: true, mtu: 1400, macAddress: MACAddress("02:00:00:00:00:01")))
    do throws(LinkError) {
        try client.add(AddressSpecification(address, prefixBitCount: prefixBitCount), to: link)
    } catch {
        guard error.reason == .exists else { throw error }
    }
    _ = try client.waitForAddress(address, on: link, atMost: .seconds(5))
}
