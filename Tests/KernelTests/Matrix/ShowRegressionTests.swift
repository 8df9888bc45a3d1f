import Foundation
import L2TPModel
import L2TPNetlink
import L2TPWire
import Testing

extension KernelTests {
    /// What `ip l2tp show` gets wrong and `l2tp show` must not: filters that do not filter, and values of the
    /// session before.
    @Suite(.sitePair)
    struct ShowRegressionTests {
        /// The sessions with values.
        static let complete = [4, 5]

        let pair: SitePair

        /// Tunnels 1 and 2; in tunnel 1 two sessions with every value that can be missing, and others
        /// without, some of which the kernel lists later.
        init() throws {
            pair = try SitePair.current()
            try pair.left.deleteAllTunnels()
            var client = try pair.left.client()
            for number: UInt32 in 1...2 { try client.createTunnel(.udp(number)) }
            for number: UInt32 in 1...9 {
                var session = SessionSpecification.unnamed(number, in: 1)
                if Self.complete.contains(Int(number)) {
                    session.cookie = Cookie(UInt32(0x0123_4567))
                    session.peerCookie = Cookie(UInt64(0x0123_4567_89ab_cdef))
                    session.reorderTimeout = .milliseconds(100)
                }
                try client.createSession(session)
            }
        }

        @Test(arguments: ["cookie", "peer_cookie", "reorder_timeout"])
        func valuesOfTheSessionBefore(_ key: String) throws {
            let theirs = try objects(theirs: true, "show", "session")
            func isComplete(_ session: [String: Any]) -> Bool {
                Self.complete.contains(session["session_id"] as? Int ?? 0)
            }
            let later = theirs.drop { !isComplete($0) }.filter { !isComplete($0) }
            try #require(!later.isEmpty, "the kernel lists the others before")
            for session in later { #expect(session[key] != nil, "ip has mended it") }

            let ours = try objects(theirs: false, "show", "session")
            #expect(ours.count == 9)
            #expect(ours.filter { $0[key] != nil }.compactMap { $0["session_id"] as? Int } == Self.complete)
        }

        @Test(arguments: [("tunnel_id 2", [2]), ("tunnel_id 99", [])] as [(String, [Int])])
        func tunnelFilter(_ words: String, _ expected: [Int]) throws {
            let arguments = ["show", "tunnel"] + words.words
            #expect(try objects(theirs: true, arguments).count == 2, "ip has mended it")
            #expect(try objects(theirs: false, arguments).compactMap { $0["tunnel_id"] as? Int } == expected)
        }

        @Test(
            arguments: [
                ("session_id 7", [7]), ("tunnel_id 1 session_id 5", [5]), ("tunnel_id 2", []),
                ("tunnel_id 2 session_id 5", []), ("session_id 99", []),
            ] as [(String, [Int])])
        func sessionFilter(_ words: String, _ expected: [Int]) throws {
            let arguments = ["show", "session"] + words.words
            #expect(try objects(theirs: true, arguments).count == 9, "ip has mended it")
            #expect(try objects(theirs: false, arguments).compactMap { $0["session_id"] as? Int } == expected)
        }

        private func objects(theirs: Bool, _ arguments: String...) throws -> [[String: Any]] {
            try objects(theirs: theirs, arguments)
        }

        /// The JSON of `ip l2tp` or of our command.
        private func objects(theirs: Bool, _ arguments: [String]) throws -> [[String: Any]] {
            let command =
                theirs ? ["ip", "-n", pair.left.name, "-j", "l2tp"] : [Shell.l2tp, "-n", pair.left.name, "-j"]
            let text = try Shell.require(command + arguments).output
            return try #require(try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [[String: Any]])
        }
    }
}
