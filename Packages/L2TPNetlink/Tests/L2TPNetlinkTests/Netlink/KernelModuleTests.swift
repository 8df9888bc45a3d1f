import Foundation
import Netlink
import Testing

@Suite struct KernelModuleTests {
    /// A root folder that vanishes with the object.
    private final class Root {
        let path: String

        init(release: String? = "6.12.1-test\n", modules: String? = "", builtin: String? = nil) throws {
            path = FileManager.default.temporaryDirectory.appendingPathComponent("root-\(UUID().uuidString)").path
            if let release { try write(release, to: "/proc/sys/kernel/osrelease") }
            if let modules { try write(modules, to: "/lib/modules/6.12.1-test/modules.dep") }
            if let builtin { try write(builtin, to: "/lib/modules/6.12.1-test/modules.builtin") }
        }

        deinit {
            try? FileManager.default.removeItem(atPath: path)
        }

        func write(_ text: String, to file: String) throws {
            let url = URL(fileURLWithPath: path + file)
            try FileManager.default.createDirectory(
                at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
            try Data(text.utf8).write(to: url)
        }
    }

    private let module = KernelModule("l2tp_eth")
    private let installed = """
        kernel/net/l2tp/l2tp_core.ko.xz: kernel/net/ipv6/ip6_udp_tunnel.ko.xz
        kernel/net/l2tp/l2tp-eth.ko.xz: kernel/net/l2tp/l2tp_core.ko.xz

        """

    @Test func present() throws {
        let root = try Root()
        try root.write("", to: "/sys/module/l2tp_eth/initstate")
        #expect(module.state(root: root.path) == .present)
    }

    @Test func builtIn() throws {
        let root = try Root(builtin: "kernel/net/l2tp/l2tp_eth.ko\n")
        #expect(module.state(root: root.path) == .present)
    }

    @Test func installedUnderEitherSpelling() throws {
        let root = try Root(modules: installed)
        #expect(module.state(root: root.path) == .installed)
        #expect(KernelModule("l2tp-eth").state(root: root.path) == .installed)
        #expect(KernelModule("l2tp_core").state(root: root.path) == .installed)
    }

    @Test func missing() throws {
        let root = try Root(modules: installed)
        #expect(KernelModule("l2tp_ip").state(root: root.path) == .missing)
        // Named in another module's line only.
        #expect(KernelModule("ip6_udp_tunnel").state(root: root.path) == .missing)
    }

    @Test func unknownWithoutTheFolders() throws {
        #expect(module.state(root: try Root(release: nil).path) == .unknown)
        #expect(module.state(root: try Root(modules: nil).path) == .unknown)
        #expect(module.state(root: "/no/such/root") == .unknown)
    }

    @Test(arguments: [
        "blacklist l2tp_eth", "blacklist l2tp-eth\n", "# comment\n  blacklist\tl2tp_eth  ",
    ])
    func blacklisted(line: String) throws {
        let root = try Root(modules: installed)
        try root.write(line, to: "/etc/modprobe.d/l2tp_eth-blacklist.conf")
        #expect(module.state(root: root.path) == .blacklisted(file: "/etc/modprobe.d/l2tp_eth-blacklist.conf"))
    }

    /// Loading by hand does not help against an `install` line, so that it is the one to tell of.
    @Test(arguments: [
        "install l2tp_eth /bin/false", "install l2tp-eth /bin/true", "install l2tp_eth /usr/bin/false",
        "blacklist l2tp_eth\ninstall l2tp_eth /bin/false", "install l2tp_eth /bin/false\nblacklist l2tp_eth",
    ])
    func disabled(line: String) throws {
        let root = try Root(modules: installed)
        try root.write("blacklist l2tp_eth", to: "/etc/modprobe.d/a.conf")
        try root.write(line, to: "/usr/lib/modprobe.d/b.conf")
        #expect(module.state(root: root.path) == .disabled(file: "/usr/lib/modprobe.d/b.conf"))
    }

    /// A file stands for all of the same name in the folders that come later.
    @Test func aFileMasksItsNamesakes() throws {
        let root = try Root(modules: installed)
        try root.write("blacklist l2tp_eth", to: "/usr/lib/modprobe.d/l2tp.conf")
        try root.write("install l2tp_eth /bin/false", to: "/lib/modprobe.d/l2tp.conf")
        #expect(module.state(root: root.path) == .blacklisted(file: "/usr/lib/modprobe.d/l2tp.conf"))
        try root.write("install l2tp_eth /bin/true", to: "/run/modprobe.d/l2tp.conf")
        #expect(module.state(root: root.path) == .disabled(file: "/run/modprobe.d/l2tp.conf"))
        try root.write("# Nothing is forbidden.\n", to: "/etc/modprobe.d/l2tp.conf")
        #expect(module.state(root: root.path) == .installed)
        try root.write("blacklist l2tp_eth", to: "/usr/local/lib/modprobe.d/other.conf")
        #expect(module.state(root: root.path) == .blacklisted(file: "/usr/local/lib/modprobe.d/other.conf"))
    }

    @Test(
        arguments: [
            ("modprobe.blacklist=l2tp_eth", .blacklisted(file: "/proc/cmdline")),
            ("quiet modprobe.blacklist=nouveau,l2tp-eth ro\n", .blacklisted(file: "/proc/cmdline")),
            ("module_blacklist=l2tp_eth", .forbidden), ("module_blacklist=l2tp_eth,l2tp_ppp\n", .forbidden),
            ("modprobe.blacklist=l2tp_eth module_blacklist=l2tp_eth", .forbidden),
            ("modprobe.blacklist=l2tp_ip", .installed), ("modprobe.blacklist=", .installed),
            ("modprobe.blacklist", .installed), ("blacklist=l2tp_eth", .installed), ("l2tp_eth quiet", .installed),
            ("", .installed),
        ] as [(String, KernelModule.State)])
    func theCommandLineForbids(commandLine: String, state: KernelModule.State) throws {
        let root = try Root(modules: installed)
        try root.write(commandLine, to: "/proc/cmdline")
        #expect(module.state(root: root.path) == state)
    }

    /// What is loaded or missing is so whatever the configuration says.
    @Test func theConfigurationOfWhatIsLoadedOrMissing() throws {
        let root = try Root(modules: installed)
        try root.write("modprobe.blacklist=l2tp_eth,l2tp_ip", to: "/proc/cmdline")
        try root.write("install l2tp_eth /bin/false\ninstall l2tp_ip /bin/false", to: "/etc/modprobe.d/a.conf")
        #expect(KernelModule("l2tp_ip").state(root: root.path) == .missing)
        try root.write("", to: "/sys/module/l2tp_eth/initstate")
        #expect(module.state(root: root.path) == .present)
    }

    @Test(arguments: [
        "#blacklist l2tp_eth", "# blacklist l2tp_eth", "blacklist l2tp_ip", "blacklist", "options l2tp_eth debug=1",
        "install l2tp_eth /sbin/modprobe --ignore-install l2tp_eth", "install l2tp_eth", "",
    ])
    func notBlacklisted(line: String) throws {
        let root = try Root(modules: installed)
        try root.write(line, to: "/etc/modprobe.d/other.conf")
        #expect(module.state(root: root.path) == .installed)
    }

    @Test func onlyConfigurationFilesCountInTheirOrder() throws {
        let root = try Root(modules: installed)
        try root.write("blacklist l2tp_eth", to: "/etc/modprobe.d/backup.conf.old")
        #expect(module.state(root: root.path) == .installed)
        try root.write("blacklist l2tp_eth", to: "/usr/lib/modprobe.d/z.conf")
        #expect(module.state(root: root.path) == .blacklisted(file: "/usr/lib/modprobe.d/z.conf"))
        try root.write("blacklist l2tp_eth", to: "/run/modprobe.d/b.conf")
        try root.write("blacklist l2tp_eth", to: "/run/modprobe.d/a.conf")
        #expect(module.state(root: root.path) == .blacklisted(file: "/run/modprobe.d/a.conf"))
    }

    @Test func looksAtTheRunningSystem() {
        #expect(KernelModule("no_such_module_anywhere").state() != .present)
    }
}
