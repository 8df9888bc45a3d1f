import L2TPExporterWeb
import ServiceLifecycle
import UnixSignals

/// Reads the web configuration again at SIGHUP.
struct ReloadService: Service {
    let server: WebServer

    func run() async {
        let hangUps = await UnixSignalsSequence(trapping: .sighup)
        for await _ in hangUps.cancelOnGracefulShutdown() { await server.reload() }
    }
}
