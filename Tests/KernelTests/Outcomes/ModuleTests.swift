import L2TPModel
import L2TPNetlink
import L2TPWire
import Netlink
import SystemPackage
import Testing

extension KernelTests {
    /// Modules that the kernel may not load, as on distributions that blacklist them.
    ///
    /// The tests unload the modules, so nothing else may use them, and write a file in /etc/modprobe.d.
    @Suite(.sitePair)
    struct ModuleTests {
        private static let file = L2TPModules.file

        let pair: SitePair

        init() throws {
            pair = try SitePair.current()
        }

        @Test func kernelHasL2TP() throws {
            let client = try pair.left.client()
            #expect(client.family.name == "l2tp")
            #expect(client.family.version == 1)
            #expect(client.family.multicastGroups.keys.sorted() == ["l2tp"])
            #expect(try Kernel.hasLoaded("l2tp_netlink"))
        }

        @Test func loadsModulesOnDemand() throws {
            try L2TPModules.unload()
            var client = try pair.left.client()
            for tunnel in [TunnelSpecification.ip(1), .ip(2, .v6)] { try client.createTunnel(tunnel) }
            try client.createSession(.unnamed(31, in: 1))
            for module in ["l2tp_core", "l2tp_netlink", "l2tp_ip", "l2tp_ip6", "l2tp_eth"] {
                #expect(try Kernel.hasLoaded(module), "\(module)")
            }
            try pair.left.deleteAllTunnels()
        }

        @Test func netlinkModuleBlacklisted() throws {
            try L2TPModules.without("l2tp_netlink") {
                let error = #expect(throws: L2TPError.self) { _ = try pair.left.client() }
                #expect(error?.reason == .notSupported)
                #expect(error?.errno == .noSuchFileOrDirectory)
                #expect(
                    error?.explanation
                        == "this kernel has no L2TP: module l2tp_netlink is blacklisted in \(Self.file)")

                let outcome = try Shell.run([Shell.l2tp, "-n", pair.left.name, "show", "tunnel"])
                #expect(outcome.errors.contains("module l2tp_netlink is blacklisted in \(Self.file)"), "\(outcome)")
                #expect(!outcome.succeeded)
            }
            _ = try pair.left.client()
        }

        @Test(arguments: IPVersion.allCases)
        func ipModuleBlacklisted(_ version: IPVersion) throws {
            let module = version == .v4 ? "l2tp_ip" : "l2tp_ip6"
            try L2TPModules.without(module) {
                var client = try pair.left.client()
                let error = #expect(throws: L2TPError.self) { try client.createTunnel(.ip(1, version)) }
                #expect(error?.reason == .notSupported)
                #expect(error?.errno == .protocolNotSupported)
                #expect(error?.explanation == "encapsulation ip: module \(module) is blacklisted in \(Self.file)")
                #expect(try client.tunnels() == [])
                try client.createTunnel(.udp(1, version))
            }
            try pair.left.deleteAllTunnels()
        }

        @Test func ethernetModuleBlacklisted() throws {
            try L2TPModules.without("l2tp_eth") {
                var client = try pair.left.client()
                try client.createTunnel(.udp(1))
                let error = #expect(throws: L2TPError.self) { try client.createSession(.unnamed(31, in: 1)) }
                #expect(error?.reason == .notSupported)
                #expect(error?.errno == .protocolNotSupported)
                #expect(
                    error?.explanation == "pseudowire type eth: module l2tp_eth is blacklisted in \(Self.file)")
                #expect(try client.sessions() == [])
            }
            var client = try pair.left.client()
            try client.createSession(.unnamed(31, in: 1))
            try pair.left.deleteAllTunnels()
        }
    }
}
