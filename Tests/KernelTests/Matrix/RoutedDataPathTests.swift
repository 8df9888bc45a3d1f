import L2TPModel
import L2TPNetlink
import L2TPWire
import Testing

extension KernelTests {
    /// Traffic between the loopback addresses of two hosts, through a tunnel across a router; what one end counts
    /// as sent the other counts as received.
    @Suite(.routedSites)
    struct RoutedDataPathTests {
        static let cells = CookieMismatchTests.carriers.flatMap { carrier in
            CookieLength.allCases.map { length in
                var cell = carrier
                cell.cookieLength = length
                return cell
            }
        }

        let sites: RoutedSites

        init() throws {
            sites = try RoutedSites.current()
        }

        @Test(arguments: cells)
        func countsTheSameAtBothEnds(_ cell: Cell) throws {
            let wire = try makeWire(cell)
            for version in IPVersion.allCases {
                for size in [56, 1600] { try ping(version, size: size) }
            }
            // A report of group membership may cross between two readings.
            let areEqual = try eventually {
                let (left, right) = (try wire.session(.left).statistics, try wire.session(.right).statistics)
                return left.sent == right.received && right.sent == left.received
            }
            #expect(areEqual)
            for side in Side.allCases {
                let statistics = try wire.session(side).statistics
                // Of either version a small request, and a large one in two fragments.
                #expect(statistics.transmitPackets >= 6)
                #expect(statistics.transmitBytes > 2 * (56 + 1600))
                #expect(statistics.transmitErrors == 0)
                #expect(statistics.receiveErrors == 0)
                var client = try sites.ends[side].client()
                #expect(try client.tunnel(Cell.tunnelID(side))?.statistics.transmitErrors == 0)
            }
            try wire.remove()
        }

        /// A frame larger than the path is no error: the packet that carries it is sent in fragments.
        @Test(arguments: CookieMismatchTests.carriers)
        func largeFramesTravelInFragments(_ cell: Cell) throws {
            let wire = try makeWire(cell)
            for side in Side.allCases { try Shell.ip(["link set \(Cell.interface) mtu 1700"], in: sites.ends[side]) }
            let tap = try FrameTap(RoutedSites.routerInterface(.right), in: sites.router)
            try ping(.v4, size: 1600, options: ["-M", "do"])
            let number: UInt8 = cell.encapsulation == .udp ? 17 : 115
            let fragments = try tap.frames().compactMap { CarriedProtocol(frame: $0) }
                .filter { $0.number == number && $0.isFragment }
            // The request and the reply in two fragments each; a slow machine may see a second request.
            #expect(fragments.count >= 4)
            #expect(fragments.count.isMultiple(of: 2))
            #expect(try wire.session(.right).statistics.receiveErrors == 0)
            try wire.remove()
        }

        private func makeWire(_ cell: Cell) throws -> Pseudowire {
            // An interface of IPv6 begins to send when it is up: not before both ends are.
            for side in Side.allCases { try setIPv6(false, of: "default", side) }
            let wire = try Pseudowire(in: sites.ends, cell) { side, tunnel, _ in
                tunnel.local = RoutedSites.address(side, cell.ipVersion)
                tunnel.peer = RoutedSites.address(side.other, cell.ipVersion)
            }
            for side in Side.allCases {
                let (own, peer) = side == .left ? (1, 2) : (2, 1)
                try setIPv6(true, of: Cell.interface, side)
                try Shell.ip(
                    [
                        "address add fc00:42::\(own)/64 dev \(Cell.interface)",
                        "route add \(RoutedSites.loopback(side.other, .v4))/32 via \(Pseudowire.address(side.other))",
                        "route add \(RoutedSites.loopback(side.other, .v6))/128 via fc00:42::\(peer)",
                    ], in: sites.ends[side])
            }
            return wire
        }

        private func setIPv6(_ isOn: Bool, of interface: String, _ side: Side) throws {
            try SystemCalls.inNamespace(sites.ends[side].path) {
                try Kernel.write(isOn ? "0" : "1", to: "/proc/sys/net/ipv6/conf/\(interface)/disable_ipv6")
            }
        }

        /// One echo request from the left loopback address to the right one.
        private func ping(_ version: IPVersion, size: Int, options: [String] = []) throws {
            let outcome = try Shell.run(
                ["ping", "-n", "-q", "-c", "1", "-w", "5", "-s", "\(size)"] + options
                    + ["-I", RoutedSites.loopback(.left, version), RoutedSites.loopback(.right, version)],
                in: sites.ends.left)
            #expect(outcome.succeeded, "\(outcome)")
        }
    }
}

extension Statistics {
    /// Packets, bytes and errors of one direction.
    fileprivate var sent: [UInt64] { [transmitPackets, transmitBytes, transmitErrors] }
    fileprivate var received: [UInt64] { [receivePackets, receiveBytes, receiveErrors] }
}
