/// How long an applier gives the kernel to settle.
package struct Delays: Hashable, Sendable {
    /// How long what has just been deleted may keep identifiers, ports and names, and how long an address or a route may
    /// be gone.
    package var aftermath: Duration = .seconds(2)
    /// How long a deletion that was refused, or whose answer is lost, is watched, whether it is carried out after all.
    package var suspense: Duration = .milliseconds(500)
    /// How long one is waited for that was accepted and was not done in the time for it.
    package var acceptedSuspense: Duration = .seconds(3)

    /// Those that a kernel needs.
    package init() {}
}
