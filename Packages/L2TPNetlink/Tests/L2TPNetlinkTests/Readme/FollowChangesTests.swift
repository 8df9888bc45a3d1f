import L2TPModel
import NetlinkTestSupport
import Testing

@Suite("README: following what changes")
struct FollowChangesTests {
    @Test("ends when its task is cancelled")
    func ends() async throws {
        let kernel = FakeKernel()
        let task = Task { try await printSessionChanges(over: kernel.connector) }
        let local = try #require(IPAddress("192.0.2.1"))
        let peer = try #require(IPAddress("192.0.2.2"))
        _ = try createPseudowire(from: local, to: peer, over: kernel.connector)
        task.cancel()
        try await task.value
    }
}
