import L2TPApply
import L2TPConfig
import Logging
import Netlink

extension Run where Transport: ~Copyable {
    /// Tells what would be done.
    func plan() throws(Failure) -> Status {
        guard let configuration = read(try texts())?.configuration else { return .invalid }
        let folder = try surroundings.runFiles(namespace)
        let plan: Plan
        do throws(ApplyError) {
            var applier = try Applier(
                surroundings.networks(namespace), store: folder.store, machineID: surroundings.machineID())
            plan = try applier.plan(configuration, adopts: options.adopts)
        } catch {
            return fail(error)
        }
        report.plan = plan
        if !plan.changes.isEmpty { show(plan, configuration) }
        guard plan.conflicts.isEmpty else { return failBecauseOfConflicts(plan) }
        guard !plan.changes.isEmpty else {
            report.outcome = .unchanged
            say(sentence(ofNothing: plan))
            return .success
        }
        report.outcome = .differs
        say(Counts(plan).text)
        return .differs
    }

    /// Applies a configuration, for good or for a try.
    func apply() throws(Failure) -> Status {
        let texts = try texts()
        if let texts, let digest = remembered(texts) { return try apply(.remembered(texts, digest)) }
        guard let wanted = read(texts) else { return .invalid }
        return try apply(.read(wanted))
    }

    /// What is applied.
    private enum Subject {
        /// What was read.
        case read(Wanted)
        /// What is recorded as that of these texts, unless another run changes that before this one has the lock.
        case remembered(ConfigurationTexts, ConfigurationDigest)
    }

    /// The digest of files if the record tells what is in them, so that they need not be parsed. Parsing is most of what
    /// a run has to do in which nothing differs.
    private func remembered(_ texts: ConfigurationTexts) -> ConfigurationDigest? {
        // Whatever is wrong with the namespace or the record is told when it is needed.
        guard options.task == .apply, !texts.hasStandardInput,
            let recorded = try? surroundings.runFiles(namespace).store.source(), recorded == texts.digest
        else { return nil }
        return recorded
    }

    /// The configuration to apply, with the lock held; nil if it is invalid.
    private func wanted(_ subject: Subject, _ applier: inout Applier<Transport>) throws(ApplyError) -> Wanted? {
        switch subject {
        case .read(let wanted): return wanted
        case .remembered(let texts, let digest):
            guard let configuration = try applier.recordedConfiguration(of: digest) else { return read(texts) }
            places = texts.places
            return Wanted(configuration: configuration, source: digest)
        }
    }

    private func apply(_ subject: Subject) throws(Failure) -> Status {
        let signals = try takeSignals()
        let folder = try surroundings.runFiles(namespace)
        let lock = try self.lock(folder, signals)
        defer { withExtendedLifetime(lock) {} }
        if folder.removeAbandonedTrial() {
            reporter.log.warning("an earlier run with --try was killed before it could take its changes back")
        }
        do throws(ApplyError) {
            var applier = try Applier(
                surroundings.networks(namespace), store: folder.store, machineID: surroundings.machineID())
            guard let wanted = try wanted(subject, &applier) else { return .invalid }
            let plan = try applier.plan(wanted.configuration, source: wanted.source, adopts: options.adopts)
            report.plan = plan
            guard plan.conflicts.isEmpty else { return failBecauseOfConflicts(plan) }
            if options.logLevel <= .debug, !plan.changes.isEmpty { show(plan, wanted.configuration) }
            let trial: (any Trial)?
            do throws(Failure) {
                trial = try beginTrial(of: plan, folder, signals)
            } catch {
                return fail(error)
            }
            let progress = ProgressReporter(console, reporter.log, now: surroundings.now)
            defer { progress.end() }
            let applied = try applier.apply(
                plan, waitingAtMost: .seconds(options.wait),
                isCancelled: {
                    progress.tell()
                    return signals.isInterrupted
                }, progress: progress.show)
            progress.end()
            guard !plan.changes.isEmpty else {
                report.outcome = .unchanged
                say(sentence(ofNothing: plan))
                return .success
            }
            report.outcome = .changed
            say(Counts(plan).text)
            guard let trial, case .attempt(let seconds) = options.task else { return .success }
            let verdict: Verdict
            do throws(Failure) {
                verdict = try trial.wait(seconds: seconds) { ask(seconds, trial) }
            } catch {
                // Without a way to confirm there is nothing to wait for.
                try revert(applied, &applier)
                var failure = error
                failure.message += "; reverted: \(ApplyError.restored)"
                return fail(failure)
            }
            guard verdict != .confirmed else {
                report.outcome = .kept
                say("kept")
                return .success
            }
            try revert(applied, &applier)
            let reason = verdict == .expired ? "nobody has confirmed" : "interrupted"
            return fail(
                Failure(
                    "\(reason); reverted: \(ApplyError.restored)", .refused,
                    verdict == .expired ? .other : .interrupted))
        } catch {
            return fail(error)
        }
    }

    /// Takes back what was tried.
    private func revert(_ applied: AppliedPlan, _ applier: inout Applier<Transport>) throws(ApplyError) {
        let progress = ProgressReporter(console, reporter.log, now: surroundings.now)
        defer { progress.end() }
        try applier.revert(applied, progress: progress.show)
        report.outcome = .reverted
    }

    /// Makes ready for a trial before anything is changed; nil if none is wanted, or there is nothing to try.
    private func beginTrial(
        of plan: Plan, _ folder: any RunFiles, _ signals: any Signals
    ) throws(Failure) -> (any Trial)? {
        guard case .attempt = options.task, !plan.changes.isEmpty else { return nil }
        return try folder.beginTrial(signals)
    }

    /// Asks whether what was applied is to stay.
    private func ask(_ seconds: Int, _ trial: any Trial) {
        let command = options.netns.map { "l2tp-apply --netns \($0) --confirm" } ?? "l2tp-apply --confirm"
        let answer =
            trial.acceptsEnter
            ? "Press Enter within \(seconds) s, or run \(command)." : "Run \(command) within \(seconds) s."
        reporter.log.notice(
            """
            applied. Keep it? \(answer) \
            Reverting at \(surroundings.timeOfDay(seconds)).
            """)
    }

    /// Takes the lock; says so if another run has to end first.
    private func lock(_ folder: any RunFiles, _ signals: any Signals) throws(Failure) -> any AnyObject {
        var isTold = false
        return try folder.lock(waitingAtMost: .seconds(options.wait)) {
            if !isTold { reporter.log.notice("waiting for another run to end") }
            isTold = true
            return signals.isInterrupted
        }
    }

    private func takeSignals() throws(Failure) -> any Signals {
        do throws(NetlinkError) {
            let signals = try surroundings.signals()
            self.signals = signals
            return signals
        } catch {
            throw Failure("cannot take signals: \(error.errno) (\(error.errno.symbol))", .refused)
        }
    }

    private func failBecauseOfConflicts(_ plan: Plan) -> Status {
        report.outcome = .conflict
        reporter.report(plan.conflicts, places)
        let count = plan.conflicts.count
        reporter.log.error("\(count == 1 ? "1 conflict" : "\(count) conflicts"): nothing was changed")
        return .refused
    }

    /// `nothing differs; 7 unchanged`.
    private func sentence(ofNothing plan: Plan) -> String {
        options.isDown ? "nothing to remove" : "nothing differs; \(plan.unchangedCount) unchanged"
    }

    private func show(_ plan: Plan, _ configuration: Configuration) {
        guard !options.json, !options.isQuiet else { return }
        let style = Style(isColoured: console.isColoured)
        print(PlanText(plan, configuration, places: places, isDown: options.isDown, style: style).text)
    }
}
