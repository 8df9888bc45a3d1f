import ArgumentParser
import CommandLineSupport
import L2TPExporterWeb
import L2TPMetrics
import SystemPackage

extension Options {
    /// Reads the arguments without the program's name.
    init(_ arguments: [String]) throws(CommandLineEnding) {
        if arguments == ["--version"] { throw .text("l2tp-exporter \(Version.text)") }
        let command: any ParsableCommand
        do {
            command = try ExporterCommand.parseAsRoot(arguments)
        } catch {
            throw Self.valueOfSwitch(in: arguments) ?? CommandLineEnding(error, parsing: ExporterCommand.self)
        }
        guard let command = command as? ExporterCommand else {
            throw CommandLineEnding(running: command, insteadOf: ExporterCommand.self) ?? .text("")
        }
        try self.init(command)
    }

    /// What options mean together.
    init(_ command: ExporterCommand) throws(CommandLineEnding) {
        if !command.netns.isEmpty, command.allNamespaces { throw .wrong("--netns and --netns-all exclude each other") }
        if let name = command.netns.first(where: { $0.isEmpty || $0.contains("/") || $0 == "." || $0 == ".." }) {
            throw .wrong("--netns \"\(name)\": expected a name as ip netns shows it")
        }
        var names: [String] = []
        for name in command.netns where !names.contains(name) { names.append(name) }
        namespaces = command.allNamespaces ? .all : names.isEmpty ? .own : .named(names)
        if !command.config.isEmpty, names.count > 1 {
            throw .wrong("--config is compared with one network namespace, so --netns cannot be repeated")
        }
        guard !command.config.contains("") else {
            throw .wrong("--config \"\": expected a file or a folder, as /etc/l2tp")
        }
        configurationPaths = command.config
        parts = []
        if command.tunnels { parts.insert(.tunnels) }
        if command.sessions { parts.insert(.sessions) }
        if command.interfaces { parts.insert(.interfaces) }
        logLevel = try Self.choice(command.logLevel, of: "--log.level") ?? .info
        logFormat = try Self.choice(command.logFormat, of: "--log.format") ?? .logfmt
        action = try Self.action(command)
    }

    private static func action(_ command: ExporterCommand) throws(CommandLineEnding) -> Action {
        if let path = command.textfile {
            let unused = [
                ("--web.listen-address", !command.listenAddresses.isEmpty),
                ("--web.systemd-socket", command.systemdSocket), ("--web.telemetry-path", command.telemetryPath != nil),
                ("--web.config.file", command.webConfiguration != nil),
            ]
            if let option = unused.first(where: \.1)?.0 {
                throw .wrong("--textfile writes once and listens nowhere, so that \(option) means nothing")
            }
            guard !path.isEmpty else { throw .wrong("--textfile \"\": expected a file, or - for standard output") }
            return .write(Textfile(path))
        }
        if command.systemdSocket, !command.listenAddresses.isEmpty {
            throw .wrong("--web.systemd-socket and --web.listen-address exclude each other")
        }
        let words =
            command.listenAddresses.isEmpty && !command.systemdSocket ? [defaultAddress] : command.listenAddresses
        var addresses: [ListenAddress] = []
        for word in words {
            let address: ListenAddress
            do throws(ListenAddressError) {
                address = try ListenAddress(word)
            } catch {
                throw .wrong("\(error)")
            }
            guard !addresses.contains(address) else { throw .wrong("--web.listen-address \(word) stands twice") }
            addresses.append(address)
        }
        var path = TelemetryPath.standard
        if let word = command.telemetryPath {
            do throws(TelemetryPathError) {
                path = try TelemetryPath(word)
            } catch {
                throw .wrong("\(error)")
            }
        }
        guard command.webConfiguration != "" else { throw .wrong("--web.config.file \"\": expected a file") }
        return .serve(
            Serving(
                listenAddresses: addresses, usesSystemdSockets: command.systemdSocket, telemetryPath: path,
                configurationFile: command.webConfiguration.map { FilePath($0) }))
    }

    /// What is wrong if a switch is given a value, as exporters in Go have it: there is a switch for the contrary.
    private static func valueOfSwitch(in arguments: [String]) -> CommandLineEnding? {
        for argument in arguments {
            let parts = argument.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            guard parts.count == 2,
                let part = ["tunnel", "session", "interface"].first(where: {
                    parts[0] == "--collector.\($0)" || parts[0] == "--no-collector.\($0)"
                })
            else { continue }
            return .wrong(
                "\(parts[0]) takes no value: --collector.\(part) is the one, --no-collector.\(part) the other")
        }
        return nil
    }

    private static func choice<Choice: RawRepresentable<String> & CaseIterable>(
        _ word: String?, of option: String
    ) throws(CommandLineEnding) -> Choice? {
        guard let word else { return nil }
        guard let choice = Choice(rawValue: word) else {
            let choices = Choice.allCases.map(\.rawValue).joined(separator: ", ")
            throw .wrong("\(option) \"\(word)\": expected one of \(choices)")
        }
        return choice
    }
}
