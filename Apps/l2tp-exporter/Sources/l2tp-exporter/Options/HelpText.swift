/// The prose of `--help`.
enum HelpText {
    static let discussion = """
        Answers GET \(Options.usualPath) with what the kernel counts of every tunnel and session, in the formats that \
        Prometheus reads. It changes nothing, shows no cookies, and needs CAP_NET_ADMIN and nothing else. Metrics, alerts \
        and a dashboard are described in docs/monitoring.md, everything else in l2tp-exporter(8).

        The exit status is 0 if it was asked to end, 1 if it cannot listen or write, 2 for a wrong command line, 3 for an \
        invalid configuration, 4 and 5 with --textfile if the kernel has no L2TP or if it is not permitted.

        EXAMPLES
          What there is to scrape:
            l2tp-exporter --textfile -
          For a Prometheus on the same host:
            l2tp-exporter --web.listen-address 127.0.0.1:9981
        """
}
