import L2TPModel
import L2TPWire
import Testing

/// One of two sites.
enum Side: Int, Hashable, Sendable, CaseIterable {
    case left, right

    var other: Self { self == .left ? .right : .left }
}

/// Two network namespaces joined by a veth cable, with an IPv4 and an IPv6 address each.
struct SitePair: Hashable, Sendable {
    /// The name of the cable's end, the same in both.
    static let interface = "wan"

    let left: TestNamespace
    let right: TestNamespace

    subscript(side: Side) -> TestNamespace { side == .left ? left : right }

    /// The address a side has on the cable.
    static func address(_ side: Side, _ version: IPVersion) -> IPAddress {
        let number: UInt8 = side == .left ? 1 : 2
        return switch version {
        case .v4: .v4(IPv4Address(number: 0xc000_0200 | UInt32(number)))
        case .v6: .v6(IPv6Address(high: 0x2001_0db8 << 32, low: UInt64(number)))
        }
    }

    /// Runs `body` with two new sites and removes them afterwards.
    static func with<Value>(_ body: (Self) throws -> Value) throws -> Value {
        let pair = try make()
        defer { pair.remove() }
        return try body(pair)
    }

    static func make() throws -> Self {
        let namespaces = try TestNamespace.make(2)
        let pair = Self(left: namespaces[0], right: namespaces[1])
        do {
            try Shell.ip([
                "link add \(interface) netns \(pair.left.name) type veth peer name \(interface) netns \(pair.right.name)"
            ])
            for side in Side.allCases { try pair.setUp(side) }
        } catch {
            pair.remove()
            throw error
        }
        return pair
    }

    func remove() {
        TestNamespace.remove([left, right])
    }

    /// Without link-local addresses on the cable and IPv6 on later interfaces, so that there is no traffic
    /// but the tests' own.
    private func setUp(_ side: Side) throws {
        try Shell.ip(
            [
                "link set \(Self.interface) addrgenmode none up",
                "address add \(Self.address(side, .v4))/24 dev \(Self.interface)",
                "address add \(Self.address(side, .v6))/64 dev \(Self.interface) nodad",
            ], in: self[side])
        try SystemCalls.inNamespace(self[side].path) {
            try Kernel.write("1", to: "/proc/sys/net/ipv6/conf/default/disable_ipv6")
        }
    }
}

/// Gives a suite one pair of sites, which all its tests share.
struct SitePairTrait: SuiteTrait, TestScoping {
    @TaskLocal static var pair: SitePair?

    func provideScope(
        for test: Test, testCase: Test.Case?, performing function: @Sendable () async throws -> Void
    ) async throws {
        let pair = try SitePair.make()
        defer { pair.remove() }
        try await Self.$pair.withValue(pair) { try await function() }
    }
}

extension Trait where Self == SitePairTrait {
    /// One pair of sites for the whole suite.
    static var sitePair: Self { Self() }
}

extension SitePair {
    /// The pair of the running suite.
    static func current() throws -> Self {
        try #require(SitePairTrait.pair, "the suite has no trait .sitePair")
    }
}
