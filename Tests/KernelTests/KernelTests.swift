import Testing

/// Everything that needs a real kernel with L2TP, network namespaces and root.
///
/// The tests run only where the environment says `L2TP_KERNEL_TESTS=1`; a kernel without L2TP then
/// makes them fail, not skip. They change the network namespaces they make themselves, and modules and
/// files of the whole system: run them in a virtual machine.
@Suite(.serialized, .enabled(if: Kernel.isUnderTest, "L2TP_KERNEL_TESTS is not 1"))
enum KernelTests {}
