import Foundation
import L2TPApply
import L2TPConfig
import L2TPModel
import L2TPNetlink
import L2TPWire
import NetlinkTestSupport
import SystemPackage
import Testing

/// The example of the README that needs a kernel is a file of this folder, which is compiled and run.
@Suite struct ReadmeTests {
    @Test func exampleIsThatFile() throws {
        let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        let readme = try String(
            contentsOf: folder.appendingPathComponent("../../../README.md").standardized, encoding: .utf8)
        let source = try String(
            contentsOf: folder.appendingPathComponent("ApplyConfiguration.swift"), encoding: .utf8)
        #expect(readme.contains("```swift\n\(source)```"))
    }

    @Test func appliesOnce() throws {
        let kernel = FakeKernel()
        let networks = Networks(tunnels: kernel.connector, named: { _ in kernel.connector }, exists: { _ in false })
        let tunnel = TunnelSpecification(
            id: TunnelID(3000), peerID: TunnelID(4000), local: try #require(IPAddress("192.0.2.1")),
            peer: try #require(IPAddress("192.0.2.2")),
            encapsulation: .udp(UDPParameters(sourcePort: 5000, destinationPort: 6000)))
        let session = SessionSpecification(tunnelID: tunnel.id, id: SessionID(1000), peerID: SessionID(2000))
        let configuration = Configuration(tunnels: [
            TunnelConfiguration(
                name: "hq", specification: tunnel,
                sessions: [SessionConfiguration(name: "lan", specification: session)])
        ])
        let store = MemoryOwnershipStore()
        #expect(apply(configuration, to: networks, store: store) == "2 changes, 0 unchanged")
        #expect(kernel.sessions.map(\.id) == [SessionID(1000)])
        #expect(apply(configuration, to: networks, store: store) == "0 changes, 2 unchanged")
        kernel.fail(.command(.tunnelDelete), with: .notPermitted)
        #expect(apply(Configuration(), to: networks, store: store).hasSuffix("; all is as it was before"))
    }
}
