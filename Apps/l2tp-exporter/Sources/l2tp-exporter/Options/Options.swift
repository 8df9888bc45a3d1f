import L2TPExporterWeb
import L2TPMetrics
import Logging
import SystemPackage

/// What a command line asks for.
struct Options {
    /// Where it listens unless the command line says otherwise. The port is L2TP's with a 0 behind it, which
    /// Prometheus' list of exporters' ports has free.
    static let defaultAddress = ":17010"
    /// Where the metrics are unless the command line says otherwise.
    static let defaultPath = TelemetryPath.standard.text

    /// What is done with the metrics.
    enum Action {
        /// Clients get them.
        case serve(Serving)
        /// They are written once.
        case write(Textfile)
    }

    /// How clients get them.
    struct Serving {
        var listenAddresses: [ListenAddress]
        /// Whether systemd hands sockets over, instead of the addresses.
        var usesSystemdSockets: Bool
        var telemetryPath: TelemetryPath
        var configurationFile: FilePath?
    }

    var action: Action
    var parts: KernelMetricParts
    var namespaces: NamespaceSelection
    /// Files and folders that say what is to be there.
    var configurationPaths: [String]
    var logLevel: LogLevel
    var logFormat: LogFormat
}
