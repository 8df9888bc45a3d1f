import Foundation
import Netlink
import SystemPackage
import Testing

@Suite struct NetworkNamespaceTests {
    private func openingFailure(_ namespace: NetworkNamespace) -> NetlinkError? {
        failure { () throws(NetlinkError) in _ = try NetlinkConnector.kernel(in: namespace).open(.generic) }
    }

    @Test func pathsOfNames() throws {
        #expect(try NetworkNamespace.current.filePath() == nil)
        #expect(try NetworkNamespace.named("site-a").filePath() == "/run/netns/site-a")
        #expect(try NetworkNamespace.path("/proc/1/ns/net").filePath() == "/proc/1/ns/net")
    }

    @Test(arguments: ["", ".", "..", "a/b", "../etc/passwd"])
    func refusesWhatIsNoName(name: String) {
        #expect(
            openingFailure(.named(name))
                == NetlinkError(.enterNamespace, .invalidArgument, message: "\"\(name)\""))
    }

    @Test func aNamespaceThatDoesNotExist() {
        let error = openingFailure(.named("no-such-namespace"))
        #expect(
            error?.description
                == "cannot enter the network namespace: No such file or directory (ENOENT): /run/netns/no-such-namespace"
        )
        #expect(openingFailure(.path("/no/such/file"))?.errno == .noSuchFileOrDirectory)
    }

    /// Without privilege `EPERM`, with it `EINVAL`.
    @Test func aFileThatIsNoNamespace() {
        let error = openingFailure(.path("/dev/null"))
        #expect(error?.operation == .enterNamespace)
        #expect([.invalidArgument, .notPermitted].contains(error?.errno))
        #expect(error?.message == "/dev/null")
    }

    /// The namespace one is in is not entered, which would take privilege.
    @Test func theOwnNamespaceByPath() throws {
        let connector = NetlinkConnector.kernel(in: .path("/proc/self/ns/net"))
        var exchange = Exchange(over: try connector.open(.generic))
        #expect(try exchange.family(named: "nlctrl").name == "nlctrl")
    }

    /// What ip-netns(8) lists, which depends on the host this runs on.
    @Test func namesAreSorted() {
        let names = NetworkNamespace.names
        #expect(names == names.sorted())
        #expect(!names.contains { $0 == "." || $0 == ".." || $0.contains("/") })
    }

    @Test func theIdentityIsThatOfTheFile() throws {
        let identity = try NetworkNamespace.current.identity()
        let link = try FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/ns/net")
        #expect(identity.description == link)
        #expect(try NetworkNamespace.path("/proc/self/ns/net").identity() == identity)
        let none = failure { () throws(NetlinkError) in
            _ = try NetworkNamespace.named("no-such-namespace").identity()
        }
        #expect(none?.operation == .enterNamespace && none?.errno == .noSuchFileOrDirectory)
        let noNamespace = failure { () throws(NetlinkError) in
            _ = try NetworkNamespace.path("/dev/null").identity()
        }
        #expect(noNamespace?.errno == .invalidArgument)
    }
}
