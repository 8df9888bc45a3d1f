import L2TPNetlink
import NetlinkTestSupport
import SystemPackage
import Testing

/// Whether the kernel still has L2TP.
@Suite struct ProbeTests {
    @Test func needsNoPrivilege() throws {
        let kernel = FakeKernel()
        kernel.behavior.isPrivileged = false
        var client = try L2TPClient(kernel.connector)
        try client.probe()
        #expect(kernel.requests.last?.step == .command(.noOperation))
    }

    @Test func tellsThatTheModuleIsGone() throws {
        let kernel = FakeKernel()
        var client = try L2TPClient(kernel.connector)
        kernel.behavior.familyAbsent = true
        let error = failure { () throws(L2TPError) in try client.probe() }
        #expect(error?.reason == .notSupported)
        #expect(error?.errno == .noSuchFileOrDirectory)
        #expect(error?.explanation.hasPrefix("this kernel has no L2TP: ") == true)
    }
}
