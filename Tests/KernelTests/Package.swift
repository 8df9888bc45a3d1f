// swift-tools-version: 6.2
import PackageDescription

// A package of its own, because these tests are built for release: in an emulated machine that is what makes them bearable,
// and it is the code that is shipped.

func wire(_ name: String) -> Target.Dependency { .product(name: name, package: "L2TPWire") }
func netlink(_ name: String) -> Target.Dependency { .product(name: name, package: "L2TPNetlink") }
func config(_ name: String) -> Target.Dependency { .product(name: name, package: "L2TPConfig") }

let package = Package(
    name: "KernelTests",
    dependencies: [
        .package(path: "../../Packages/L2TPWire"),
        .package(path: "../../Packages/L2TPNetlink"),
        .package(path: "../../Packages/L2TPConfig"),
        .package(url: "https://github.com/apple/swift-system", from: "1.8.1"),
    ],
    targets: [
        .testTarget(
            name: "KernelTests",
            dependencies: [
                config("L2TPApply"), config("L2TPConfig"), config("L2TPConfigTOML"),
                netlink("L2TPContract"), netlink("L2TPModel"), netlink("L2TPNetlink"), netlink("L2TPSockets"),
                netlink("LinkControl"), netlink("Netlink"), netlink("NetlinkTestSupport"),
                wire("L2TPWire"), wire("L2TPWireTestSupport"),
                .product(name: "SystemPackage", package: "swift-system"),
            ],
            path: ".",
            exclude: ["Package.swift"],
            swiftSettings: [
                .swiftLanguageMode(.v6),
                .enableExperimentalFeature("Lifetimes"),
                .enableUpcomingFeature("ExistentialAny"),
                .enableUpcomingFeature("InternalImportsByDefault"),
                .enableUpcomingFeature("MemberImportVisibility"),
                .strictMemorySafety(),
                .treatAllWarnings(as: .error),
            ])
    ]
)
