import Foundation
import L2TPModel
import LinkControl
import Netlink
import NetlinkTestSupport
import SystemPackage
import Testing

@Suite("A wait for a route")
struct RouteWaitTests {
    private let kernel = FakeKernel()
    /// Longer than any test takes that does not wait for the end of time.
    private let long = Duration.seconds(60)
    private static let peers = ["192.0.2.2", "2001:db8::2"]

    /// Does something while the test waits.
    private func later(_ body: @escaping @Sendable (FakeKernel) -> Void) {
        Thread.detachNewThread { [kernel] in
            usleep(10_000)
            body(kernel)
        }
    }

    private func failure(
        to peer: String = "192.0.2.2", from source: String? = nil, atMost limit: Duration = .milliseconds(5)
    ) throws -> LinkError? {
        let client = try LinkClient(kernel.connector)
        do throws(LinkError) {
            _ = try client.waitForRoute(to: address(peer), from: source.map { address($0) }, atMost: limit)
            return nil
        } catch {
            return error
        }
    }

    @Test("is over at once where there is one", arguments: peers)
    func already(_ peer: String) throws {
        let client = try LinkClient(kernel.connector)
        #expect(try client.waitForRoute(to: address(peer), atMost: .zero).linkIndex == 2)
        #expect(kernel.requests.count { $0.step == .route } == 1)
    }

    @Test("ends when a route comes, in place of none and of one that refuses", arguments: peers)
    func comes(_ peer: String) throws {
        let client = try LinkClient(kernel.connector)
        for errno in [Errno.networkUnreachable, .noRouteToHost, .permissionDenied] {
            kernel.refuseRoute(to: address(peer), with: errno)
            later { $0.restoreRoute(to: address(peer)) }
            #expect(try client.waitForRoute(to: address(peer), atMost: long).pathMTU == 1500)
        }
    }

    @Test("ends when the link is set up")
    func linkUp() throws {
        kernel.setLink("eth0", isUp: false)
        let client = try LinkClient(kernel.connector)
        later { $0.setLink("eth0", isUp: true) }
        #expect(try client.waitForRoute(to: address("192.0.2.2"), atMost: long).linkIndex == 2)
    }

    @Test("ends when the source address comes")
    func sourceComes() throws {
        let client = try LinkClient(kernel.connector)
        later { $0.addAddress(address("192.0.2.9"), prefixBitCount: 24, to: 2) }
        let route = try client.waitForRoute(to: address("192.0.2.2"), from: address("192.0.2.9"), atMost: long)
        #expect(route.source == address("192.0.2.9"))
    }

    @Test("is not misled by what else happens, and looks no more often than that")
    func otherNews() throws {
        let client = try LinkClient(kernel.connector)
        kernel.refuseRoute(to: address("192.0.2.2"))
        later { kernel in
            for number in 0..<20 as Range<UInt32> {
                kernel.setRoute(Route(linkIndex: 2), to: .v4(IPv4Address(number: 0x0a00_0000 + number)))
            }
            usleep(5000)
            kernel.restoreRoute(to: address("192.0.2.2"))
        }
        #expect(try client.waitForRoute(to: address("192.0.2.2"), atMost: long).linkIndex == 2)
        #expect(kernel.requests.count { $0.step == .route } <= 23)
    }

    @Test("looks once more after news: not every effect is notified")
    func settles() throws {
        let client = try LinkClient(kernel.connector)
        // The first two looks find none, and what makes the third find one is not told.
        kernel.fail(.route, with: .networkUnreachable, times: 2)
        later { kernel in kernel.changeLink("eth0") { $0.alias = "news" } }
        #expect(try client.waitForRoute(to: address("192.0.2.2"), atMost: long).linkIndex == 2)
        #expect(kernel.requests.count { $0.step == .route } == 3)
    }

    @Test("survives messages that are lost")
    func overrun() throws {
        let client = try LinkClient(kernel.connector)
        kernel.refuseRoute(to: address("192.0.2.2"))
        kernel.behavior.losesNotifications = true
        later { $0.restoreRoute(to: address("192.0.2.2")) }
        #expect(try client.waitForRoute(to: address("192.0.2.2"), atMost: long).linkIndex == 2)
    }

    @Test(
        "says what is missing when the time is over",
        arguments: [
            (Errno.networkUnreachable, "there is none"), (.noRouteToHost, "a route says unreachable"),
            (.permissionDenied, "a route says prohibit"), (.invalidArgument, "a route says blackhole"),
        ])
    func timedOut(_ errno: Errno, _ text: String) throws {
        kernel.refuseRoute(to: address("192.0.2.2"), with: errno)
        let error = try failure()
        #expect(error?.reason == .timedOut)
        #expect(error?.description == "cannot wait for the route to 192.0.2.2: \(text), after 0.005 seconds")
    }

    @Test("says that the source address is missing")
    func sourceMissing() throws {
        let error = try failure(from: "192.0.2.9")
        #expect(error?.reason == .timedOut)
        #expect(error?.explanation == "source address 192.0.2.9 is not on this host, after 0.005 seconds")
        let mixed = try failure(from: "2001:db8::1", atMost: long)
        #expect(mixed?.reason == .invalid && mixed?.operation == .wait)
    }

    @Test("throws what opening, joining and looking throw")
    func failures() throws {
        kernel.fail(.join(.route), with: .noMemory)
        #expect(try failure(atMost: long)?.errno == .noMemory)
        kernel.fail(.route, with: .noMemory)
        let error = try failure(atMost: long)
        #expect(error?.description == "cannot wait for the route to 192.0.2.2: Cannot allocate memory (ENOMEM)")
    }
}
