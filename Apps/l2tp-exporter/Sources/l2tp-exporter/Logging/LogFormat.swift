/// How messages are written.
enum LogFormat: String, Hashable, CaseIterable {
    /// `time=… level=info msg="…"`, as Prometheus' own exporters do.
    case logfmt
    /// A JSON object a line, with the same keys.
    case json
}
