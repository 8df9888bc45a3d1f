import Testing

@testable import L2TPApply
