import Foundation
import Netlink
import Testing

@Suite struct ProcessEnvironmentTests {
    @Test("Variables are those of the process")
    func variables() {
        #expect(ProcessEnvironment.value(of: "L2TP_NO_SUCH_VARIABLE") == nil)
        #expect(ProcessEnvironment.value(of: "") == nil)
        #expect(ProcessEnvironment.value(of: "PATH") == ProcessInfo.processInfo.environment["PATH"])
    }
}
