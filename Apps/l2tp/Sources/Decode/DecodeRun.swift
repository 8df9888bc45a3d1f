import CaptureFiles
import CommandLineSupport
import L2TPDecode
import L2TPWire
import LiveCapture
import Netlink
import PacketCapture
import SystemPackage

/// Runs `l2tp decode`: reads packets and prints what L2TP messages are in them.
struct DecodeRun {
    private let console: Console
    private let personality: Personality
    private let namespace: NetworkNamespace

    /// A run whose `--live` captures in a network namespace.
    init(_ console: Console, _ personality: Personality, _ namespace: NetworkNamespace) {
        self.console = console
        self.personality = personality
        self.namespace = namespace
    }

    /// Runs with the words after `decode`.
    func run(_ words: [String], _ output: OutputOptions) -> Status {
        if let word = words.first, ["-h", "--help", "-help"].contains(word) || word == "help" {
            try? console.write(personality.help(of: .decode) + "\n")
            return .success
        }
        do throws(Failure) {
            let options = try DecodeOptions(words, output)
            let known = try CaptureOpening.knownSessions(options.configurations) { console.writeError($0 + "\n") }
            let decoder = Decoder(knownSessions: known, ports: options.ports)
            switch options.input {
            case .file(let path): return try read(path, options, decoder) { CaptureReader(GzipSource(FileSource($0))) }
            case .hexadecimal(let path):
                let linkType = if case .link(let type) = options.layer { type } else { LinkType.raw }
                return try read(path, options, decoder) { HexReader(FileSource($0), linkType: linkType) }
            case .live(let interface): return try listen(on: interface, options, decoder)
            }
        } catch {
            for problem in error.problems { console.report(problem, at: personality.rawValue) }
            return error.status
        }
    }

    /// Reads a file, twice if that is possible and serves.
    private func read<Source: PacketSource & ~Copyable>(
        _ path: String, _ options: DecodeOptions, _ decoder: Decoder,
        _ open: (FileDescriptor) -> Source
    ) throws(Failure) -> Status {
        let (descriptor, isRegular) = try CaptureOpening.open(path)
        defer { if descriptor != .standardInput { try? descriptor.close() } }
        var capture = CaptureDecoder(decoder)
        if isRegular, options.report != .summary {
            // How messages are read may be told behind them, and what is inferred is surest at the end.
            let start = (try? descriptor.seek(offset: 0, from: .current)) ?? 0
            var source = open(descriptor)
            var sink = NoSink()
            // What cannot be read is reported when it is read again.
            _ = try? pass(&source, &capture, &sink, options)
            capture = capture.rewound()
            _ = try? descriptor.seek(offset: start, from: .start)
        }
        var source = open(descriptor)
        // What comes through a pipe may come slowly.
        return try report(&source, path, &capture, options, isImmediate: !isRegular)
    }

    /// Captures from an interface, `any` for all, until it is interrupted.
    private func listen(on interface: String, _ options: DecodeOptions, _ decoder: Decoder) throws(Failure) -> Status {
        var capture = CaptureDecoder(decoder)
        let signals: SignalDescriptor
        do throws(NetlinkError) {
            signals = try SignalDescriptor([.interrupt, .terminate, .hangUp])
        } catch {
            throw Failure("decode: \(error)", .failure)
        }
        let filter = PacketFilter(udpPorts: decoder.ports.sorted + [EncryptedFlow.port], protocols: [.l2tp, .esp])
        let stop = signals.fileDescriptor
        var source = try LiveOpening(namespace).open { () throws(LiveCaptureError) in
            try InterfaceCapture(of: interface == "any" ? nil : interface, filter: filter, stop: stop)
        }
        let ports = decoder.ports.sorted.map(String.init).joined(separator: ", ")
        console.writeError(
            "\(personality.rawValue): decode: capturing on \(interface), UDP port \(ports) and protocol 115; Ctrl-C ends\n"
        )
        let status = try report(&source, interface, &capture, options, isImmediate: true)
        if let lost = try? source.statistics().dropped, lost > 0 {
            console.writeError("\(personality.rawValue): decode: \(lost) packets came too fast and were not seen\n")
        }
        // Whoever ends the program may do so twice; all is printed.
        console.endOnSignals()
        withExtendedLifetime(signals) {}
        return status
    }

    /// Reads packets and prints what is found.
    private func report<Source: PacketSource & ~Copyable>(
        _ source: inout Source, _ path: String, _ capture: inout CaptureDecoder, _ options: DecodeOptions,
        isImmediate: Bool
    ) throws(Failure) -> Status {
        var failure: Source.Failure?
        if options.report == .summary {
            var sink = NoSink()
            do throws(Source.Failure) {
                try pass(&source, &capture, &sink, options)
            } catch {
                failure = error
            }
            if let failure, capture.packetCount == 0 { throw Failure("decode: \(path): \(failure)", .failure) }
            let text = options.json ? SummaryJSON().text(of: capture) : SummaryText().text(of: capture)
            try write(text)
        } else {
            var sink = LineSink(format(options), isImmediate: isImmediate, write: console.write)
            do throws(Source.Failure) {
                try pass(&source, &capture, &sink, options)
            } catch {
                failure = error
            }
            sink.flush()
            if let error = sink.failure {
                if error == .brokenPipe { return .success }
                throw Failure("decode: cannot write: \(error) (\(error.symbol))", .failure)
            }
            if failure == nil { hint(at: capture, options, foundAny: sink.lineCount > 0) }
        }
        if let failure { throw Failure("decode: \(path): \(failure)", .failure) }
        if let error = capture.unsupportedLinkType, capture.unsupportedCount == capture.packetCount {
            throw Failure("decode: \(path): \(error.code): \(error.detail ?? "")", .failure)
        }
        return .success
    }

    /// Says on standard error what may help where little or nothing was found.
    private func hint(at capture: borrowing CaptureDecoder, _ options: DecodeOptions, foundAny: Bool) {
        var hints = SummaryText.hints(capture.suspected)
        if !foundAny, hints.isEmpty {
            var hint = "no L2TP in \(SummaryText.count(capture.packetCount, "packet"))"
            if case .hexadecimal = options.input, case .link = options.layer {
                hint += "; where the text begins with the L2TP message itself, --link-type l2tp-udp or l2tp-ip reads it"
                hint += ", with the IP packet, --link-type ip"
            }
            hints.append(hint)
        }
        hints += capture.decoder.sessions.compactMap(SummaryText.contradiction)
        for hint in hints { console.writeError("\(personality.rawValue): decode: \(hint)\n") }
    }

    /// Looks at the packets of a source, all of them or as many as are asked for.
    private func pass<Source: PacketSource & ~Copyable, Sink: CaptureSink & ~Copyable>(
        _ source: inout Source, _ capture: inout CaptureDecoder, _ sink: inout Sink, _ options: DecodeOptions
    ) throws(Source.Failure) {
        let clock = ContinuousClock()
        let start = clock.now
        var progress = ProgressLine(console)
        // Also what the capture's damaged end leaves incomplete is told.
        defer {
            progress.clear()
            capture.finish(&sink)
        }
        let layer = if case .hexadecimal = options.input { options.layer } else { HexadecimalLayer.link(.ethernet) }
        while let packet = try source.next() {
            sink.begin(packet)
            switch layer {
            case .udp: capture.observe(message: packet, over: .udp, &sink)
            case .ip: capture.observe(message: packet, over: .ip, &sink)
            case .link: capture.observe(packet, &sink)
            }
            if packet.number == options.count || sink.isClosed { break }
            if packet.number & 0xFFFF == 0 {
                progress.show("\(capture.packetCount) packets read", elapsed: clock.now - start)
            }
        }
    }

    private func format(_ options: DecodeOptions) -> any MessageFormat {
        if options.json { return JSONLineFormat(withCookies: options.withCookies) }
        let text = MessageText(withCookies: options.withCookies)
        return options.report == .verbose ? VerboseFormat(messageText: text) : LineFormat(messageText: text)
    }

    private func write(_ text: String) throws(Failure) {
        do throws(Errno) {
            try console.write(text)
        } catch {
            if error != .brokenPipe { throw Failure("decode: cannot write: \(error) (\(error.symbol))", .failure) }
        }
    }
}
