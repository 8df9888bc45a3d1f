import CommandLineSupport
import L2TPApply
import L2TPConfig
import L2TPModel
import L2TPWire
import Netlink
import SystemPackage

/// What `--json` tells about a run. The keys are described in l2tp-apply(8).
struct Report {
    /// What has come of the run.
    enum Outcome: String, CaseIterable {
        /// The configuration is valid.
        case valid
        /// The configuration is invalid.
        case invalid
        /// Nothing differs.
        case unchanged
        /// Something differs; it was not to be changed.
        case differs
        /// What differed was changed.
        case changed
        /// What was tried stays.
        case kept
        /// What was tried was taken back.
        case reverted
        /// Something stands in the way; nothing was changed.
        case conflict
        /// It failed; what was done has been undone.
        case rolledBack = "rolled-back"
        /// It failed, and could not all be undone.
        case partial
        /// It failed before anything was changed.
        case failed

        /// What a failed application has left.
        init(_ outcome: ApplyError.Outcome) {
            self =
                switch outcome {
                case .unchanged: .failed
                case .rolledBack: .rolledBack
                case .partial: .partial
                }
        }
    }

    private let task: String
    var outcome = Outcome.failed
    var status = Status.success
    var diagnostics: [Diagnostic] = []
    var plan: Plan?
    var error: ApplyError?
    var failure: Failure?

    /// A report about a run with options.
    init(_ options: Options) {
        task =
            switch options.task {
            case .apply: options.isDown ? "down" : "apply"
            case .attempt: "try"
            case .check: "check"
            case .plan: "plan"
            case .confirm: "confirm"
            }
    }

    /// The report in one line.
    func text(_ places: Places) -> String {
        var json = JSONWriter(pretty: false)
        json.object { json in
            json.member("task", task)
            json.member("outcome", outcome.rawValue)
            json.member("exit_status", status.rawValue)
            json.members("diagnostics", diagnostics, Self.write)
            if let plan { write(plan, places, to: &json) }
            if let error {
                write(error, places, to: &json)
            } else if let failure {
                json.member("error") { json in
                    json.member("reason", failure.reason.rawValue)
                    json.member("message", failure.message)
                    if let remedy = failure.remedy { json.member("remedy", remedy) }
                }
            }
        }
        return json.text + "\n"
    }

    private func write(_ plan: Plan, _ places: Places, to json: inout JSONWriter) {
        json.members("changes", plan.changes) { change, json in
            json.member("action", change.action.rawValue)
            switch change.object {
            case .tunnel(let id):
                json.member("object", "tunnel")
                json.member("tunnel_id", id.rawValue)
            case .session(let key):
                json.member("object", "session")
                json.member("tunnel_id", key.tunnelID.rawValue)
                json.member("session_id", key.id.rawValue)
            }
            if let name = change.name { json.member("name", name) }
            Self.write(change.path, places, to: &json)
            json.members("attributes", change.attributes) { attribute, json in
                json.member("key", attribute.key)
                if let old = attribute.old { json.member("old", old) }
                if let new = attribute.new { json.member("new", new) }
                json.member("forces_recreation", attribute.forcesRecreation)
                if let path = change.path, let line = places.location(of: path.appending(attribute))?.position?.line {
                    json.member("line", line)
                }
            }
        }
        json.members("conflicts", plan.conflicts) { conflict, json in
            Self.write(conflict.path, places, to: &json)
            json.member("message", conflict.message)
            if let remedy = conflict.remedy { json.member("remedy", remedy) }
        }
        json.member("counts") { json in
            let counts = Counts(plan)
            for action in Change.Action.allCases { json.member(JSONKey(action.rawValue), counts[action]) }
            json.member("unchanged", counts.unchangedCount)
        }
    }

    private func write(_ error: ApplyError, _ places: Places, to json: inout JSONWriter) {
        json.member("error") { json in
            json.member("reason", error.reason.rawValue)
            if let errno = error.errno {
                json.member("errno", errno.rawValue)
                json.member("symbol", errno.symbol)
            }
            json.member("message", error.explanation)
            if let remedy = error.remedy { json.member("remedy", remedy) }
            Self.write(error.path, places, to: &json)
            if case .partial(let standing) = error.outcome {
                json.array("standing") { json in for line in standing { json.element(line) } }
            }
        }
    }

    private static func write(_ diagnostic: Diagnostic, to json: inout JSONWriter) {
        json.member("severity", diagnostic.severity.rawValue)
        json.member("file", diagnostic.location.file)
        if let position = diagnostic.location.position {
            json.member("line", position.line)
            json.member("column", position.column)
        }
        if !diagnostic.path.keys.isEmpty { json.member("path", diagnostic.path.description) }
        json.member("message", diagnostic.message)
    }

    private static func write(_ path: ConfigurationPath?, _ places: Places, to json: inout JSONWriter) {
        guard let path else { return }
        json.member("path", path.description)
        guard let location = places.location(of: path) else { return }
        json.member("file", location.file)
        if let position = location.position { json.member("line", position.line) }
    }
}
