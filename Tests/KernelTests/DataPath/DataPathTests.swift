import L2TPModel
import L2TPNetlink
import Testing

extension KernelTests {
    /// Frames cross between two sites, whole and in fragments, in every format and whoever set up the ends.
    @Suite(.sitePair)
    struct DataPathTests {
        let pair: SitePair

        init() throws {
            pair = try SitePair.current()
        }

        @Test(arguments: Cell.possible)
        func ourClientAtBothEnds(_ cell: Cell) throws {
            try ping(through: cell, left: .client, right: .client)
        }

        @Test(arguments: Cell.possible)
        func ourClientAgainstIP(_ cell: Cell) throws {
            try ping(through: cell, left: .client, right: .ip)
        }

        @Test(arguments: Cell.possible)
        func ourCommandAgainstIP(_ cell: Cell) throws {
            try ping(through: cell, left: .command, right: .ip)
        }

        @Test(arguments: Cell.impossible)
        func numbersNeedASublayer(_ cell: Cell) throws {
            var client = try pair.left.client()
            let session = try cell.session(.left)
            let error = #expect(throws: L2TPError.self) { try client.createSession(session) }
            #expect(error?.reason == .invalid)
            #expect(error?.explanation.contains("seq") == true)
        }

        private func ping(through cell: Cell, left: Maker, right: Maker) throws {
            let wire = try Pseudowire(in: pair, cell, left: left, right: right)
            for size in [56, 1600] {
                let outcome = try wire.ping(size: size)
                #expect(outcome.succeeded, "\(outcome)")
            }
            try wire.remove()
        }
    }
}
