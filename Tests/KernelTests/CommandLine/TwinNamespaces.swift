import L2TPModel
import L2TPNetlink
import Testing

/// Two namespaces that are alike: in one we do with `ip l2tp` what we do with `l2tp` in the other.
struct TwinNamespaces: Hashable, Sendable {
    let theirs: TestNamespace
    let ours: TestNamespace

    static func make() throws -> Self {
        let namespaces = try TestNamespace.make(2)
        let twins = Self(theirs: namespaces[0], ours: namespaces[1])
        do {
            for namespace in namespaces {
                try Shell.ip(
                    [
                        "link add wan type dummy", "link set wan up",
                        "address add 192.0.2.1/24 dev wan",
                        "address add 2001:db8::1/64 dev wan nodad",
                    ], in: namespace)
            }
        } catch {
            twins.remove()
            throw error
        }
        return twins
    }

    func remove() {
        TestNamespace.remove([theirs, ours])
    }

    /// Runs `body` on namespaces without tunnels, and leaves none.
    func clean(_ body: () throws -> Void) throws {
        defer {
            #expect(throws: Never.self) { try deleteAllTunnels() }
        }
        try body()
    }

    /// Deletes in both namespaces at once, for the kernel takes its time.
    private func deleteAllTunnels() throws {
        for namespace in [theirs, ours] {
            var client = try namespace.client()
            var kernel = try RawL2TP(in: namespace)
            for tunnel in try client.tunnels() { try kernel.deleteTunnel(tunnel.id) }
        }
        for namespace in [theirs, ours] {
            let isClean = try eventually {
                let state = try KernelState(of: namespace)
                return state.objects.isEmpty && state.mtus.keys.sorted() == ["lo", "wan"]
            }
            try #require(isClean)
        }
    }

    /// Runs a line with both programs.
    func run(_ line: TestLine) throws -> (theirs: Outcome, ours: Outcome) {
        if !line.setUp.isEmpty {
            for namespace in [theirs, ours] { try Shell.ip(line.setUp.map { "l2tp \($0)" }, in: namespace) }
        }
        return (
            try Shell.run(["ip", "-n", theirs.name] + line.options + ["l2tp"] + line.words.words),
            try Shell.run([Shell.l2tp, "-n", ours.name] + line.options + line.words.words)
        )
    }
}

/// Gives a suite one pair of twins, which all its tests share.
struct TwinsTrait: SuiteTrait, TestScoping {
    @TaskLocal static var twins: TwinNamespaces?

    func provideScope(
        for test: Test, testCase: Test.Case?, performing function: @Sendable () async throws -> Void
    ) async throws {
        let twins = try TwinNamespaces.make()
        defer { twins.remove() }
        try await Self.$twins.withValue(twins) { try await function() }
    }
}

extension Trait where Self == TwinsTrait {
    /// One pair of namespaces that are alike for the whole suite.
    static var twins: Self { Self() }
}

extension TwinNamespaces {
    /// The pair of the running suite.
    static func current() throws -> Self {
        try #require(TwinsTrait.twins, "the suite has no trait .twins")
    }
}

/// A command line of both `ip l2tp` and `l2tp`.
struct TestLine: Hashable, Sendable, CustomTestStringConvertible {
    /// Lines that go before it, each of which succeeds, for `ip l2tp` in both namespaces.
    var setUp: [String] = []
    /// Options, which stand before `l2tp`.
    var options: [String] = []
    /// The words after `l2tp`.
    var words: String

    init(_ words: String, after setUp: [String] = [], options: [String] = []) {
        self.words = words
        self.setUp = setUp
        self.options = options
    }

    var testDescription: String {
        (options + [words]).joined(separator: " ") + (setUp.isEmpty ? "" : " (after \(setUp.joined(separator: "; ")))")
    }
}
