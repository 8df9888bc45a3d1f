import L2TPExporterWeb
import ServiceLifecycle
import UnixSignals

/// Reads the web configuration again at SIGHUP.
struct ReloadService: Service {
    let server: WebServer
    /// Trapped before anything listens: who sees that it does may send one.
    let hangUps: UnixSignalsSequence

    func run() async {
        for await _ in hangUps.cancelOnGracefulShutdown() { await server.reload() }
    }
}
