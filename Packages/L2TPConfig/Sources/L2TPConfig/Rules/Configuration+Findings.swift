extension Configuration {
    /// Everything that is wrong with the configuration although it could be read, all findings at once; empty when it
    /// can be applied and will do what it says.
    ///
    /// What `TunnelSpecification.violations()` and `SessionSpecification.violations()` find is part of it. The findings
    /// are in the order of the rules; ``ConfigurationReading/locate`` tells where their parts stand.
    public func findings() -> [Finding] {
        let sessions = configuredSessions
        return tunnelViolations() + sessionViolations(sessions) + unusableEndpoints()
            + tunnelIDsInUse() + sessionIDsInUse(sessions) + peerSessionIDsInUse(sessions)
            + portsInUse()
            + unguardedSessions(sessions) + attributesWithoutEffect(sessions)
            + interfaceNamesInUse(sessions) + patternsThatMayClash(sessions)
            + mismatchedMasters(sessions) + sharedMACAddresses(sessions)
            + mtusBeyondThePath(sessions) + mtusBelowTheMinimum(sessions)
            + unusableAddresses(sessions) + misplacedAddresses(sessions) + addressesTwice(sessions)
            + overlappingPrefixes(sessions) + routesIntoTheTunnelItself(sessions)
            + localAddressesOfSessions(sessions)
    }

    /// All sessions, tunnel by tunnel.
    var configuredSessions: [ConfiguredSession] {
        tunnels.flatMap { tunnel in tunnel.sessions.map { ConfiguredSession(tunnel: tunnel, session: $0) } }
    }
}

/// A session with its tunnel, as the rules look at it.
struct ConfiguredSession {
    /// The tunnel that carries it.
    let tunnel: TunnelConfiguration
    /// The session.
    let session: SessionConfiguration

    /// Where it stands. Paths are made only when there is something to say: most configurations are right.
    var path: ConfigurationPath { tunnel.path.appending("session", session.name) }

    /// Where a key of its interface stands.
    func interfacePath(_ key: String) -> ConfigurationPath { path.appending("interface", key) }

    /// Where an address of its interface stands.
    func addressPath(_ index: Int) -> ConfigurationPath { path.appending("interface", "addresses", "[\(index)]") }
}
