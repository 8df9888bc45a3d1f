/// Where metrics come from: the seam for further sources.
///
/// A walk asks its sources one after the other, on one thread that may block. Sources that need the same lists share
/// them through the ``Walk``, so that the kernel is asked once.
public protocol MetricSource: Sendable {
    /// Reads what there is.
    ///
    /// What cannot be read is no error of the whole: the source gives what it has, and a ``SourceStatus`` that says what
    /// is missing and why.
    ///
    /// - Parameter walk: The walk that asks.
    /// - Returns: What was read.
    func collect(in walk: Walk) -> MetricCollection

    /// Lets go of what must not be held while nobody asks; called now and then between walks, on their thread.
    func release()
}

extension MetricSource {
    /// Does nothing.
    public func release() {}
}
