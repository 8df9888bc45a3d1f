import Testing

/// The kernel's modules of L2TP.
enum L2TPModules {
    /// Where a test says that one may not be loaded.
    static let file = "/etc/modprobe.d/l2tp-kernel-tests.conf"

    private static let names = [
        "l2tp_eth", "l2tp_ip6", "l2tp_ip", "l2tp_ppp", "l2tp_debugfs", "l2tp_netlink", "l2tp_core",
    ]

    /// Runs `body` while one module cannot be loaded.
    static func without(_ module: String, _ body: () throws -> Void) throws {
        try unload()
        try Kernel.write("blacklist \(module)\n", to: file)
        defer { SystemCalls.removeFile(file) }
        try body()
    }

    /// Unloads all of them; there must be no tunnel.
    static func unload() throws {
        // Namespaces of earlier tests may still be ending.
        let isDone = try eventually {
            for module in names where try Kernel.hasLoaded(module) {
                _ = try Shell.run(["rmmod", module])
            }
            return try names.allSatisfy { try !Kernel.hasLoaded($0) }
        }
        try #require(isDone)
    }
}
