// swift-tools-version: 6.2
import PackageDescription

let strict: [SwiftSetting] = [
    .swiftLanguageMode(.v6),
    .strictMemorySafety(),
    .treatAllWarnings(as: .error),
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("InternalImportsByDefault"),
]

/// A source target of ours: every one compiles with the same strict settings.
func source(_ name: String, _ dependencies: [Target.Dependency] = [], resources: [Resource]? = nil) -> Target {
    .target(name: name, dependencies: dependencies, resources: resources, swiftSettings: strict)
}

/// The tests of one target, or of a property that crosses targets.
func tests(_ name: String, _ dependencies: [Target.Dependency], exclude: [String] = []) -> Target {
    .testTarget(name: name, dependencies: dependencies + ["TestKit"], exclude: exclude, swiftSettings: strict)
}

let argumentParser: Target.Dependency = .product(name: "ArgumentParser", package: "swift-argument-parser")

let package = Package(
    name: "weir",
    products: [
        .library(name: "Weir", targets: ["Weir"]),
        .library(name: "LinuxBPF", targets: ["LinuxBPF"]),
        .executable(name: "weir", targets: ["WeirTool"]),
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2")
    ],
    targets: [
        // Layer 0: C that Swift cannot say.
        .systemLibrary(name: "CPcap", pkgConfig: "libpcap", providers: [.apt(["libpcap-dev"])]),
        .systemLibrary(name: "CZlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"])]),
        .systemLibrary(name: "CZstd", pkgConfig: "libzstd", providers: [.apt(["libzstd-dev"])]),
        .systemLibrary(name: "CLz4", pkgConfig: "liblz4", providers: [.apt(["liblz4-dev"])]),
        .target(name: "CWeir"),

        // Layer 1: values and bytes.
        source("BPFModel"),
        source("PacketBuffers"),
        source("ByteStreams", ["CZlib", "CZstd", "CLz4"]),
        source("PacketFiles", ["ByteStreams", "PacketBuffers"]),
        source("PacketHeaders", ["PacketBuffers"]),

        // Layer 2: languages, maps, capture.
        source("BPFText", ["BPFModel"]),
        source("ClassicBPF", ["BPFModel"]),
        source("BPFMaps", ["BPFModel", "CWeir"]),
        source("LinuxBPF", ["BPFModel", "CWeir"]),
        source("PacketCapture", ["CPcap", "PacketBuffers", "PacketFiles", "ClassicBPF"]),

        // Layers 3 and 4: proof, then execution.
        source("BPFVerifier", ["BPFModel"], resources: [.embedInCode("BPFVerifier.docc/Rejections.md")]),
        source("BPFExecution", ["BPFModel", "BPFVerifier", "BPFMaps", "PacketBuffers", "PacketHeaders", "CWeir"]),

        // Layers 7 and 8: the library users import, and the command line.
        source(
            "Weir",
            [
                "BPFModel", "BPFText", "ClassicBPF", "BPFMaps", "BPFVerifier", "BPFExecution",
                "ByteStreams", "PacketBuffers", "PacketFiles", "PacketHeaders", "PacketCapture",
            ], resources: [.embedInCode("Flows/Programs")]),
        source("WeirCommands", ["Weir", argumentParser]),
        .executableTarget(name: "WeirTool", dependencies: ["WeirCommands"], swiftSettings: strict),

        .target(name: "TestKit", path: "Tests/TestKit", swiftSettings: strict),
        tests("ArchitectureTests", []),
        tests("BPFModelTests", ["BPFModel"]),
        tests("BPFTextTests", ["BPFText", "BPFModel"]),
        tests("ClassicBPFTests", ["ClassicBPF", "BPFModel", "BPFVerifier", "BPFExecution"]),
        tests("BPFMapsTests", ["BPFMaps", "BPFModel"]),
        tests("BPFVerifierTests", ["BPFVerifier", "BPFModel", "BPFText"], exclude: ["Cases"]),
        tests("BPFExecutionTests", ["BPFExecution", "BPFVerifier", "BPFMaps", "BPFModel", "PacketBuffers"]),
        tests("MapConformanceTests", ["BPFMaps", "BPFModel", "LinuxBPF"], exclude: ["Recorded"]),
        tests("LinuxBPFTests", ["LinuxBPF", "BPFModel"]),
        tests("HelperAgreementTests", ["BPFExecution", "BPFVerifier", "BPFMaps", "BPFModel", "LinuxBPF"]),
        tests("ByteStreamsTests", ["ByteStreams", "CZlib", "CZstd", "CLz4"]),
        tests("PacketFilesTests", ["PacketFiles", "PacketBuffers", "ByteStreams", "CPcap"]),
        tests("PacketHeadersTests", ["PacketHeaders", "PacketBuffers"]),
        tests("PacketCaptureTests", ["PacketCapture", "ClassicBPF", "PacketBuffers", "PacketFiles"]),
        tests("CapturesTests", ["Weir"], exclude: ["record-live-traffic.sh"]),
        tests("WeirTests", ["Weir"]),
        tests("WeirCommandsTests", ["WeirCommands", "Weir"]),
        tests(
            "ConformanceTests",
            [
                "Weir", "BPFModel", "BPFVerifier", "BPFMaps", "BPFExecution", "ClassicBPF", "PacketCapture",
                "PacketFiles",
                "PacketHeaders",
                "PacketBuffers", "ByteStreams", "LinuxBPF",
            ]),
        tests("MutationTests", ["Weir", "BPFExecution", "BPFVerifier", "BPFMaps", "BPFModel"]),
        tests("SoundnessTests", ["BPFExecution", "BPFVerifier", "BPFMaps", "BPFModel", "BPFText", "LinuxBPF"]),
    ]
)
