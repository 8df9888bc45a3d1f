import L2TPApply
import L2TPConfig
import L2TPModel
import SystemPackage
import Testing

extension KernelTests {
    /// A plan with every kind of step, of which one request fails: everything is as it was before.
    @Suite
    struct FaultTests {
        @Test(arguments: [
            (NetlinkTrace.Fault.refused, [Errno.invalidArgument, .operationNotSupportedByDevice]),
            (.notSent, [.ioError]),
            (.answerLost, [.ioError]),
        ])
        func eachRequestOnce(_ fault: NetlinkTrace.Fault, _ errnos: [Errno]) throws {
            try ApplySite.withQuickGrace { site in
                let scenario = try CrashScenario(far: site.far.name)
                let foreign = try ForeignTunnel(at: site)
                let store = MemoryOwnershipStore()
                try site.apply(scenario.before, store)
                try CrashScenario.changeByHand(at: site)
                let before = try SiteDump(site)
                let owned = store.load()
                var requests = 0
                for number in Share.current.numbers {
                    let trace = NetlinkTrace()
                    trace.restart(fault, after: number)
                    do {
                        try site.apply(scenario.after, store, trace, waitingAtMost: .zero)
                        break
                    } catch let error as ApplyError {
                        let point =
                            "request \(number), \(trace.writes.dropFirst(number).first?.description ?? "?"): \(error)"
                        #expect(error.outcome == .rolledBack, "\(point) \(error.outcome)")
                        #expect(error.errno.map(errnos.contains) == true, "\(point)")
                        #expect(error.reason != .interrupted && error.reason != .timedOut, "\(point)")
                        let state = try SiteDump(site)
                        #expect(state == before, "\(point)\n\(before.difference(to: state))")
                        #expect(store.load() == owned, "\(point)")
                        #expect(try foreign.isUntouched(), "\(point)")
                    }
                    requests += 1
                }
                print("\(requests) requests failed once: \(fault)")
                #expect(requests >= 60 / Share.current.step)
                let differences = try IPReading(site, besideForeign: true)
                    .differences(from: scenario.after, at: site)
                // Beside what was given by hand, to three interfaces.
                #expect(differences.count == 3, "\(differences.joined(separator: "\n"))")
            }
        }
    }
}
