import L2TPModel
import L2TPNetlink
import L2TPWire
import LinkControl
import Netlink
import NetlinkTestSupport
import SystemPackage
import Testing

/// Creating fails, with this text, and nothing is left behind.
func expectRefusal(
    of tunnel: TunnelSpecification, by kernel: FakeKernel, _ reason: L2TPError.Reason, _ text: String,
    sourceLocation: SourceLocation = #_sourceLocation
) throws {
    var client = try L2TPClient(kernel.connector)
    let (tunnels, sessions, links) = (kernel.tunnels, kernel.sessions, kernel.links)
    let error = failure { () throws(L2TPError) in try client.createTunnel(tunnel) }
    #expect(error?.operation == .create, sourceLocation: sourceLocation)
    #expect(error?.object == .tunnel(tunnel.id), sourceLocation: sourceLocation)
    #expect(error?.reason == reason, sourceLocation: sourceLocation)
    #expect(error?.description == text, sourceLocation: sourceLocation)
    #expect(kernel.tunnels == tunnels, sourceLocation: sourceLocation)
    #expect(kernel.sessions == sessions, sourceLocation: sourceLocation)
    #expect(kernel.links == links, sourceLocation: sourceLocation)
}
