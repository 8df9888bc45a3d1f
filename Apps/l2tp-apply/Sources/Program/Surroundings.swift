import L2TPApply
import L2TPConfig
import Netlink

/// Everything outside the program that it reaches.
struct Surroundings<Transport: NetlinkTransport & ~Copyable> {
    /// The standard streams.
    var console: Console
    /// Where configurations come from.
    var configurations: any ConfigurationSource
    /// The kernel, with tunnels in a network namespace.
    var networks: (NetworkNamespace) -> Networks<Transport>
    /// What runs in a network namespace share; throws ``Failure`` if there is no such namespace.
    var runFiles: (NetworkNamespace) throws(Failure) -> any RunFiles
    /// The machine's identity; nil if it has none.
    var machineID: () -> MachineID?
    /// Begins to take signals; called before a run waits for anything or asks the kernel.
    var signals: () throws(NetlinkError) -> any Signals
    /// Time on a clock that is never set.
    var now: () -> Duration
    /// The time of day in so many seconds, as `12:06:02`.
    var timeOfDay: (_ later: Int) -> String
}
