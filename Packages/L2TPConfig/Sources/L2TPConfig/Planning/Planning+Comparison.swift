internal import L2TPModel
internal import L2TPWire

/// In what a session differs from what is configured.
struct Comparison {
    /// The differences, by the configuration's keys.
    var attributes: [AttributeChange] = []
    /// Whether one of them needs the session's deletion and creation.
    var forcesRecreation = false
    /// What the session needs.
    var modification = SessionModification()
    /// What its interface needs.
    var setup = InterfaceSetup()

    /// Whether nothing differs.
    var isEmpty: Bool { attributes.isEmpty && setup.isEmpty }
}

extension Planning {
    /// Compares a session that exists with what is configured.
    mutating func compare(
        _ session: SessionConfiguration, in tunnel: TunnelConfiguration, with found: FoundSession
    ) -> Comparison {
        var comparison = Comparison()
        let desired = session.specification
        var differences = found.session.differences(from: desired)
        if !differences.isEmpty {
            // What the kernel switches by itself is a change only if it was configured otherwise before.
            let wasOtherwise = found.matching.contains { $0.sendsSequenceNumbers != desired.sendsSequenceNumbers }
            if differences.allSatisfy(\.mayBeKernels), !wasOtherwise { differences = [] }
            comparison.attributes = AttributeChange.changes(differences, of: found.session, from: desired)
            comparison.forcesRecreation = !differences.allSatisfy(\.isModifiable)
            if !differences.isEmpty {
                comparison.modification = found.session.modification(towards: desired) ?? SessionModification()
            }
        }
        if let other = found.matching.first(where: { $0.l2SpecificSublayer != desired.l2SpecificSublayer }) {
            comparison.attributes.append(
                .sublayer(old: other.l2SpecificSublayer, new: desired.l2SpecificSublayer))
            comparison.forcesRecreation = true
        }
        if let interface = found.interface {
            compare(session, in: tunnel, with: interface, found.record, into: &comparison)
        } else {
            comparison.attributes.append(
                AttributeChange(
                    "interface.name", old: nil, new: found.session.interfaceName ?? "", forcesRecreation: true))
            comparison.forcesRecreation = true
        }
        return comparison
    }
}
