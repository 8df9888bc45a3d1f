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
    var runFolder: (NetworkNamespace) throws(Failure) -> any RunFolder
    /// The machine's identity; nil if it has none.
    var machineID: () -> MachineID?
    /// Begins to take signals; called before the first request.
    var signals: () throws(NetlinkError) -> any Signals
    /// Time on a clock that is never set.
    var now: () -> Duration
    /// The time of day in so many seconds, as `12:06:02`.
    var timeOfDay: (_ later: Int) -> String
}

/// What the runs in one network namespace share below `/run/l2tp`.
protocol RunFolder {
    /// The record of what was created.
    var store: any OwnershipStore { get }
    /// Takes the lock that only one run has, for as long as the result lives; throws ``Failure`` if another has it.
    func lock() throws(Failure) -> any AnyObject
    /// Begins a trial, with the lock held.
    func beginTrial(_ signals: any Signals) throws(Failure) -> any Trial
    /// Confirms the trial of another run.
    func confirm() -> ConfirmationResult
    /// Removes what a run has left behind that was killed in its trial, with the lock held; false if there is nothing.
    func removeAbandonedTrial() -> Bool
}
