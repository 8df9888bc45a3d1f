import L2TPApply
import L2TPConfig
import L2TPModel
import L2TPNetlink
import L2TPWire
import L2TPWireTestSupport
import SystemPackage
import Testing

extension KernelTests {
    /// Applying twice is applying once, and an edit changes what it says and nothing else.
    @Suite
    struct IdempotenceTests {
        static let count = 300

        @Test func randomConfigurations() throws {
            var order = SeededGenerator(for: "configurations that are applied")
            let seed = order.seed
            let edits = ConfigurationEdit.allCases.shuffled(using: &order)
            var made: Set<ConfigurationEdit> = []
            try ApplySite.withQuickGrace { site in
                // Rounds of all edits.
                for index in 0..<Self.count where Share.current.has(index / edits.count) {
                    let edit = edits[index % edits.count]
                    try check(edit, seed: seed &+ UInt64(index), at: site)
                    made.insert(edit)
                }
            }
            #expect(made == Set(ConfigurationEdit.allCases))
        }

        /// Applies a configuration, applies it again, edits it and applies it, and takes it down.
        private func check(_ edit: ConfigurationEdit, seed: UInt64, at site: ApplySite) throws {
            let (before, after, labels) = try draw(edit, seed: seed, far: site.far.name)
            let context: Comment =
                "L2TP_TEST_SEED=0x\(String(seed, radix: 16)) \(edit)\n\(ConfigurationText.text(before))\n--- after\n\(ConfigurationText.text(after))"
            let (first, second) = (try ConfigurationText.reread(before), try ConfigurationText.reread(after))
            #expect(first == before, context)
            #expect(second == after, context)
            let store = RecordFile.make()
            defer { store.remove() }
            let trace = NetlinkTrace()
            var applier = try site.applier(trace, store.store)

            let creation = try applier.plan(first)
            #expect(Set(creation.changes.map(\.action)) == [.create], context)
            #expect(creation.conflicts.isEmpty, context)
            try applier.apply(creation, waitingAtMost: .seconds(10))

            let identity = try store.identity()
            trace.restart()
            let again = try applier.plan(first)
            #expect(again.isEmpty, "\(again.changes.map(ConfigurationEdit.Label.init)) \(context)")
            try applier.apply(again, waitingAtMost: .zero)
            #expect(trace.writes.isEmpty, context)
            #expect(trace.readCount > 0, context)
            #expect(try store.identity() == identity, context)

            let change = try applier.plan(second)
            #expect(change.conflicts.isEmpty, "\(change.conflicts) \(context)")
            #expect(Set(change.changes.map(ConfigurationEdit.Label.init)) == labels, context)
            #expect(change.changes.count == labels.count, context)
            try applier.apply(change, waitingAtMost: .seconds(10))
            let isMoved = (first.tunnels + second.tunnels).flatMap(\.sessions).contains {
                $0.interface.namespace != nil
            }
            let differences = try IPReading(site, readsFar: isMoved).differences(from: second, at: site)
            #expect(differences.isEmpty, "\(differences.joined(separator: "\n")) \(context)")
            #expect(try applier.plan(second).isEmpty, context)

            try applier.apply(try applier.plan(Configuration()), waitingAtMost: .zero)
            #expect(try site.isEmpty(), context)
            #expect(try store.store.load() == Ownership(), context)
        }

        /// A configuration that can be edited so, the edited one, and what a plan has to say to that.
        private func draw(
            _ edit: ConfigurationEdit, seed: UInt64, far: String
        ) throws -> (Configuration, Configuration, Set<ConfigurationEdit.Label>) {
            var random = RandomPseudowires(seed: seed, far: far)
            for _ in 0..<1000 {
                let before = random.configuration()
                var after = before
                if let labels = edit.make(in: &after, &random) { return (before, after, labels) }
            }
            throw Errno.noSuchFileOrDirectory
        }
    }
}
