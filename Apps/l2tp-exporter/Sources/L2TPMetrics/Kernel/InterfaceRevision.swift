/// Tells whether anything about the interfaces of sessions has changed, by its identity.
final class InterfaceRevision: Sendable {}
