import Testing

@testable import l2tp_apply
