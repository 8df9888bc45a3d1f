internal import L2TPModel
internal import L2TPWire
internal import SystemPackage

// Why something is not asked of the kernel: what is wrong with it, and what is there already.

extension TunnelSpecification {
    var object: L2TPError.Object { .tunnel(id) }

    /// Why the tunnel cannot work, by itself; nil if it can.
    var invalidity: L2TPError? {
        let violations = violations()
        return violations.isEmpty ? nil : L2TPError(.create, object, violations: violations)
    }

    /// Why it cannot be created beside the tunnel of its identifier; nil if there is none.
    func obstacle(existing: Tunnel?) -> L2TPError? {
        existing.map { existing in
            L2TPError(
                .create, object, .exists, errno: .fileExists, "the tunnel id is taken by a tunnel \(existing.route)")
        }
    }

    /// The error of a tunnel that stands in a list after another of its identifier.
    var repetition: L2TPError {
        L2TPError(.create, object, .exists, "the tunnel id is taken by a tunnel before it in the same list")
    }
}

extension SessionSpecification {
    var object: L2TPError.Object { .session(id, in: tunnelID) }

    /// Why the session cannot work, by itself; nil if it can.
    var invalidity: L2TPError? {
        let violations = violations()
        return violations.isEmpty ? nil : L2TPError(.create, object, violations: violations)
    }

    /// Why it cannot be created in its tunnel beside the session of the same identifiers; nil if it can.
    func obstacle(tunnel: Tunnel?, existing: Session?) -> L2TPError? {
        guard let tunnel else {
            return L2TPError(
                .create, object, .notFound, errno: .operationNotSupportedByDevice,
                "there is no tunnel \(tunnelID)", remedy: "create the tunnel first")
        }
        let version = tunnel.protocolVersion
        guard version == .v3 || (version == .v2 && pseudowireType == .ppp) else {
            let limit = version == .v2 ? "which carries PPP only" : "a version that L2TP does not have"
            return L2TPError(
                .create, object, .notSupported, errno: .protocolNotSupported,
                "tunnel \(tunnel.id) is an \(version) tunnel, \(limit)")
        }
        let misfits = violations(in: version)
        guard misfits.isEmpty else { return L2TPError(.create, object, violations: misfits) }
        return existing.map(occupation)
    }

    /// The error of a session whose identifiers another one has.
    func occupation(by existing: Session) -> L2TPError {
        let interface = existing.interfaceName.map { " with interface \($0)" } ?? ""
        return L2TPError(
            .create, object, .exists, errno: .fileExists, "the session id is taken by a session\(interface)")
    }

    /// The error of a session that stands in a list after another of its identifiers.
    var repetition: L2TPError {
        L2TPError(.create, object, .exists, "the session id is taken by a session before it in the same list")
    }
}

extension TunnelID {
    /// The error of deleting a tunnel that is not there.
    var absence: L2TPError {
        L2TPError(
            .delete, .tunnel(self), .notFound, errno: .operationNotSupportedByDevice, "there is no such tunnel")
    }
}

extension SessionKey {
    var object: L2TPError.Object { .session(id, in: tunnelID) }

    /// The error of deleting a session that is not there, and its tunnel perhaps neither.
    func absence(tunnelExists: Bool) -> L2TPError {
        let missing = tunnelExists ? "there is no such session" : "there is no tunnel \(tunnelID)"
        return L2TPError(.delete, object, .notFound, errno: .operationNotSupportedByDevice, missing)
    }

    /// The error of deleting a session that the kernel does not find.
    var ambiguity: L2TPError {
        L2TPError(
            .delete, object, .ambiguous,
            "the kernel finds another tunnel's session \(id) instead, and would delete that one",
            remedy: "delete the whole tunnel \(tunnelID), or the other session first")
    }
}
