import L2TPConfig
import L2TPWireTestSupport
import Testing

extension KernelTests {
    /// `l2tp save` tells what there is so that `l2tp-apply --plan` finds no difference with it.
    @Suite
    struct SaveTests {
        @Test func everyKindOfThing() throws {
            try ApplySite.with { site in
                let scenario = try CrashScenario(far: site.far.name)
                _ = try ForeignTunnel(at: site)
                try check(scenario.after, at: site)
            }
        }

        @Test func randomConfigurations() throws {
            let seed = SeededGenerator(for: "configurations that are saved").seed
            try ApplySite.with { site in
                for index in 0..<10 {
                    var random = RandomPseudowires(seed: seed &+ UInt64(index), far: site.far.name)
                    try check(random.configuration(), at: site)
                    try Shell.require([Shell.apply, "--down"], in: site.home)
                    #expect(try site.isEmpty())
                }
            }
        }

        private func check(_ configuration: Configuration, at site: ApplySite) throws {
            let file = try ConfigurationFolder("saved", configuration)
            try Shell.require([Shell.apply, file.path], in: site.home)
            let saved = try Shell.require([Shell.l2tp, "save", "--with-cookies"], in: site.home).output
            let plan = try Shell.run([Shell.apply, "--plan", "-"], in: site.home, input: saved)
            #expect(plan.status == 0, "\(plan)\n\(saved)\n--- from\n\(ConfigurationText.text(configuration))")
            // And what is made of it anew is the same.
            let before = try SiteDump(site)
            try Shell.require([Shell.apply, "-"], in: site.home, input: saved)
            #expect(try SiteDump(site) == before)
        }
    }
}
