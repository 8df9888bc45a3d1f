import L2TPModel
import L2TPNetlink
import L2TPWire
import Netlink
import SystemPackage
import Testing

extension KernelTests {
    /// Tunnels that are deleted while another thread asks for them.
    @Suite(.sitePair)
    struct RaceTests {
        static let roundCount = 5
        static let tunnelCount: UInt32 = 150
        /// Some tunnels have a session, and so an interface; Linux 6.1 takes about 30 ms to remove one.
        static let sessionCount: UInt32 = 4

        /// What the other thread does all the time.
        enum Disturbance: String, Sendable, CaseIterable {
            /// Asks for every tunnel by its identifier.
            case get
            /// Lists all tunnels and sessions.
            case dump
            /// Deletes the tunnels as well, the last one first.
            case delete
        }

        let pair: SitePair

        init() throws {
            pair = try SitePair.current()
            try pair.left.deleteAllTunnels()
        }

        @Test(arguments: CookieMismatchTests.carriers, Disturbance.allCases)
        func deletion(_ carrier: Cell, _ disturbance: Disturbance) throws {
            var client = try pair.left.client()
            for round in 1...Self.roundCount {
                for number in 1...Self.tunnelCount {
                    try client.createTunnel(
                        carrier.encapsulation == .udp
                            ? .udp(number, carrier.ipVersion) : .ip(number, carrier.ipVersion))
                }
                for number in 1...Self.sessionCount {
                    try client.createSession(.named("pw\(number)", number, in: number * 30))
                }
                let namespace = pair.left
                try Background.run { background in
                    try disturbance.act(in: namespace, background)
                } during: { background in
                    var kernel = try RawL2TP(in: namespace)
                    for number in 1...Self.tunnelCount {
                        if number % disturbance.pace == 1 { background.awaitStep() }
                        try kernel.deleteTunnelIfPresent(TunnelID(number))
                    }
                }
                try #require(try isEmpty(), "round \(round)")
            }
        }

        /// Whether all is gone that a test has made, after a while.
        private func isEmpty() throws -> Bool {
            var client = try pair.left.client()
            return try eventually {
                guard try client.tunnels().isEmpty, try client.sessions().isEmpty else { return false }
                return try pair.left.links().keys.sorted() == ["lo", SitePair.interface]
            }
        }
    }
}

extension KernelTests.RaceTests.Disturbance {
    /// After how many deletions the other thread must have come a step further.
    fileprivate var pace: UInt32 { self == .dump ? 50 : 10 }

    /// Goes through the tunnels, over and over.
    fileprivate func act(in namespace: TestNamespace, _ background: Background) throws {
        let numbers = 1...KernelTests.RaceTests.tunnelCount
        var client = try namespace.client()
        var kernel = try RawL2TP(in: namespace)
        while true {
            switch self {
            case .get:
                for number in numbers {
                    let tunnel = try client.tunnel(TunnelID(number))
                    #expect(tunnel == nil || tunnel?.id == TunnelID(number))
                    guard background.goesOn() else { return }
                }
            case .dump:
                #expect(try client.tunnels().allSatisfy { numbers.contains($0.id.rawValue) })
                #expect(try client.sessions().allSatisfy { numbers.contains($0.tunnelID.rawValue) })
                guard background.goesOn() else { return }
            case .delete:
                for number in numbers.reversed() {
                    try kernel.deleteTunnelIfPresent(TunnelID(number))
                    guard background.goesOn() else { return }
                }
            }
        }
    }
}

extension RawL2TP {
    /// Deletes a tunnel that somebody else may have deleted.
    fileprivate mutating func deleteTunnelIfPresent(_ id: TunnelID) throws(NetlinkError) {
        do throws(NetlinkError) {
            try deleteTunnel(id)
        } catch {
            guard error.errno == .operationNotSupportedByDevice else { throw error }
        }
    }
}
