import L2TPModel
import L2TPNetlink
import L2TPWire
import Testing

extension KernelTests {
    /// The end of tunnels and namespaces through which traffic flows.
    @Suite(.sitePair)
    struct ShutdownUnderLoadTests {
        /// One end is deleted, then the other, and all can be made again.
        @Test(arguments: CookieMismatchTests.carriers, Side.allCases)
        func tunnelIsDeleted(_ cell: Cell, _ first: Side) throws {
            let pair = try SitePair.current()
            for _ in 1...2 {
                _ = try Pseudowire(in: pair, cell)
                let flood = try flood(pair)
                for side in [first, first.other] {
                    var client = try pair[side].client()
                    try client.deleteTunnel(Cell.tunnelID(side))
                    #expect(try client.tunnels() == [])
                    #expect(try client.sessions() == [])
                    #expect(try pair[side].links().keys.sorted() == ["lo", SitePair.interface])
                }
                try flood.stop()
            }
        }

        /// With the namespace goes its end of the cable, and with that the other end.
        @Test(arguments: CookieMismatchTests.carriers)
        func namespaceIsRemoved(_ cell: Cell) throws {
            let pair = try SitePair.make()
            defer { TestNamespace.remove([pair.left]) }
            let flood: RunningProgram
            do {
                _ = try Pseudowire(in: pair, cell)
                flood = try self.flood(pair)
            } catch {
                TestNamespace.remove([pair.right])
                throw error
            }
            TestNamespace.remove([pair.right])
            let isGone = try eventually { try pair.left.link(SitePair.interface) == nil }
            #expect(isGone)

            var client = try pair.left.client()
            #expect(try client.tunnels().map(\.id) == [Cell.tunnelID(.left)])
            try client.deleteTunnel(Cell.tunnelID(.left))
            #expect(try client.sessions() == [])
            #expect(try pair.left.links().keys.sorted() == ["lo"])
            try flood.stop()
        }

        /// Requests from the left side, each answered by the right one, without a pause.
        private func flood(_ pair: SitePair) throws -> RunningProgram {
            let program = try RunningProgram(
                ["ping", "-n", "-q", "-f", "-s", "1000", Pseudowire.address(.right)], in: pair.left)
            let isFlowing = try eventually {
                try Side.allCases.allSatisfy { side in
                    var client = try pair[side].client()
                    return try client.sessions().allSatisfy { $0.statistics.receivePackets > 50 }
                }
            }
            try #require(isFlowing)
            return program
        }
    }
}
