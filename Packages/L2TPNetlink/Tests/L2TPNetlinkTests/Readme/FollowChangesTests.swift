import NetlinkTestSupport
import Testing

@Suite("README: following what changes")
struct FollowChangesTests {
    @Test("ends when its task is cancelled")
    func ends() async throws {
        let kernel = FakeKernel()
        let task = Task { try await printSessionChanges(over: kernel.connector) }
        try createPseudowire(over: kernel.connector)
        task.cancel()
        try await task.value
    }
}
