import L2TPApply
import SystemPackage

/// Why a run has failed, in words.
struct Failure: Error, Hashable {
    /// What failed and why, in one line.
    var message: String
    /// What to do about it; nil if that is not known.
    var remedy: String?
    /// What the program ends with.
    var status: Status
    /// Why, for programs to act on.
    var reason: ApplyError.Reason

    init(
        _ message: String, remedy: String? = nil, _ status: Status, _ reason: ApplyError.Reason = .other
    ) {
        self.message = message
        self.remedy = remedy
        self.status = status
        self.reason = status == .notPermitted ? .notPermitted : reason
    }
}

extension ApplyError {
    /// What the program ends with.
    var status: Status {
        switch reason {
        case .notSupported: .notSupported
        case .notPermitted: .notPermitted
        case .record where errno == .permissionDenied || errno == .notPermitted: .notPermitted
        default: .refused
        }
    }

    /// What is so again after changes have been taken back. Routes through an interface, for one, are not: a session that
    /// was created anew has a new one.
    static let restored = "tunnels, sessions, interfaces and addresses are as they were"

    /// What there is to say beside the description: what has become of the changes, one line each.
    var consequences: [String] {
        switch outcome {
        case .unchanged: ["nothing was changed"]
        case .rolledBack: ["rolled back: \(Self.restored)"]
        case .partial(let standing): ["not everything could be rolled back; this stands:"] + standing.map { "  \($0)" }
        }
    }
}
