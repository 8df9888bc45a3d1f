import Logging

/// Keeps what is logged: level, message and metadata, a line each.
struct RecordingLog: LogHandler {
    var metadata: Logger.Metadata = [:]
    var logLevel: Logger.Level
    private let recorder: Recorder<String>

    init(_ recorder: Recorder<String>, _ level: Logger.Level) {
        self.recorder = recorder
        logLevel = level
    }

    subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    func log(event: LogEvent) {
        let fields = (event.metadata ?? [:]).sorted { $0.key < $1.key }.map { " \($0.key)=\($0.value)" }
        recorder.add("\(event.level) \(event.message)\(fields.joined())")
    }

    /// A logger whose lines a recorder gets.
    static func logger(_ recorder: Recorder<String>, _ level: Logger.Level = .info) -> Logger {
        Logger(label: "test") { _ in RecordingLog(recorder, level) }
    }
}
