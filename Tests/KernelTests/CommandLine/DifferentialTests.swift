import Testing

extension KernelTests {
    /// The same words for `ip l2tp` and for `l2tp` end alike and leave the same behind.
    @Suite(.twins)
    struct DifferentialTests {
        let twins: TwinNamespaces

        init() throws {
            twins = try TwinNamespaces.current()
        }

        /// The kernels differ in sessions of several tunnels, so these are tried on each.
        static let lines: [TestLine] = {
            let isForEach: (TestLine) -> Bool = { $0.setUp.contains(CommandLines.secondUDPTunnel) }
            let shared = CommandLines.all.filter { !isForEach($0) }
            return CommandLines.all.filter(isForEach) + Share.current.part(of: shared)
        }()

        @Test(arguments: lines)
        func same(_ line: TestLine) throws {
            try twins.clean { try expectSame(line) }
        }

        @Test(arguments: Deviation.all)
        func different(_ deviation: Deviation) throws {
            try twins.clean {
                guard Kernel.hasNamespaceWideSessions || !deviation.needsNamespaceWideSessions else {
                    try expectSame(deviation.line)
                    return
                }
                let (theirs, ours) = try twins.run(deviation.line)
                #expect(theirs.status == deviation.theirs.status, "\(theirs)")
                #expect(ours.status == deviation.ours.status, "\(ours)")
                _ = try eventually { try KernelState(of: twins.theirs).objects == deviation.theirs.objects }
                #expect(try KernelState(of: twins.theirs).objects == deviation.theirs.objects)
                #expect(try KernelState(of: twins.ours).objects == deviation.ours.objects)
            }
        }

        /// Here versions of ip differ: since 6.19 it refuses the name itself, before it left that to the kernel.
        @Test(arguments: [".", ".."])
        func reservedInterfaceName(_ name: String) throws {
            try twins.clean {
                let line = TestLine("\(CommandLines.session) name \(name)", after: [CommandLines.udpTunnel])
                let (theirs, ours) = try twins.run(line)
                #expect([2, 255].contains(theirs.status), "\(theirs)")
                #expect(ours.status == 255, "\(ours)")
                #expect(try KernelState(of: twins.ours) == KernelState(of: twins.theirs))
            }
        }

        /// Every deviation stands in the manual.
        @Test(arguments: Deviation.all)
        func isInTheManual(_ deviation: Deviation) throws {
            let differences = try Manual.section("DIFFERENCES FROM IP-L2TP")
            #expect(differences.contains(deviation.manual))
        }

        private func expectSame(_ line: TestLine) throws {
            let (theirs, ours) = try twins.run(line)
            #expect(ours.status == theirs.status, "\(theirs)\n\(ours)")
            if theirs.succeeded { #expect(ours.output == theirs.output) }
            // What ip deletes is gone a little later.
            let state = try KernelState(of: twins.ours)
            _ = try eventually { try KernelState(of: twins.theirs) == state }
            let theirState = try KernelState(of: twins.theirs)
            #expect(theirState == state, "ip left\n\(theirState)\nl2tp left\n\(state)")
        }
    }
}
