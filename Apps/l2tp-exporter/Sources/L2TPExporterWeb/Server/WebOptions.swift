public import SystemPackage

/// What a ``WebServer`` is to do.
public struct WebOptions: Sendable {
    /// Where it listens.
    public var listenAddresses: [ListenAddress]
    /// Listening sockets that were opened by somebody else, and from now on belong to the server.
    public var inheritedSockets: [CInt] = []
    /// Permissions of Unix sockets that it makes: whoever may write can connect.
    public var socketPermissions = FilePermissions(rawValue: 0o660)
    /// Where the metrics are.
    public var telemetryPath = TelemetryPath.standard
    /// The file with TLS and users; nil means neither.
    public var configurationFile: FilePath?
    /// How often that file, and those it names, are looked at for changes.
    public var configurationInterval = Duration.seconds(5)
    /// What clients may cost.
    public var limits = WebLimits()
    /// The program's name, for the landing page and the realm of passwords.
    public var name: String
    /// The program's version, for the landing page.
    public var version: String
    /// A sentence about the program, for the landing page.
    public var summary: String

    /// Options with the default values for the rest.
    public init(listenAddresses: [ListenAddress], name: String, version: String, summary: String) {
        self.listenAddresses = listenAddresses
        self.name = name
        self.version = version
        self.summary = summary
    }
}
