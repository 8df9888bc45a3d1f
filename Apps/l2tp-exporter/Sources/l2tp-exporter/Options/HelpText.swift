/// The prose of `--help`.
enum HelpText {
    static let discussion = """
        Answers GET \(Options.defaultPath) with what the kernel counts of every tunnel and session, in the formats that \
        Prometheus reads. It changes nothing, shows no cookies, and needs CAP_NET_ADMIN and nothing else. Metrics, alerts \
        and a dashboard are described in docs/monitoring.md, everything else in l2tp-exporter(8).

        The exit status is 0 if it was asked to end or has written everything, 1 if it cannot listen, read or write, 2 for a \
        wrong command line, 3 for an invalid web configuration, 4 if the kernel has no L2TP (with --textfile), and 5 if it \
        is not permitted.

        EXAMPLES
          What there is to scrape:
            l2tp-exporter --textfile -
          For a Prometheus on the same host:
            l2tp-exporter --web.listen-address 127.0.0.1:17010
        """
}
