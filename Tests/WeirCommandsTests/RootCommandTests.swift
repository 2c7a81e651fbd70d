import Testing
import Weir
import WeirCommands

@Suite struct RootCommandTests {
    @Test func version() {
        let run = Invocation("--version")
        #expect(run.status == .done)
        #expect(run.text == "weir \(WeirVersion.current)\n")
        #expect(run.messages == "")
    }

    @Test(arguments: [["--help"], ["-h"], ["help"], []])
    func help(arguments: [String]) {
        let run = Invocation(arguments)
        #expect(run.status == .done)
        #expect(run.text.hasPrefix("OVERVIEW: Filter, count and inspect packets with verified BPF programs.\n"))
        #expect(run.text.contains("Exit status: 0 done, 1 error, 2 wrong usage, 130 interrupted."))
        #expect(run.messages == "")
    }

    @Test(arguments: [
        (["--foo"], "weir: unknown option '--foo'; see 'weir --help'\n"),
        (["nothing"], "weir: unexpected argument 'nothing'; see 'weir --help'\n"),
    ])
    func wrongUsage(arguments: [String], message: String) {
        let run = Invocation(arguments)
        #expect(run.status == .usage)
        #expect(run.text == "")
        #expect(run.messages == message)
    }

    @Test(arguments: ["bash", "zsh", "fish"])
    func completionScripts(shell: String) {
        let run = Invocation("--generate-completion-script", shell)
        #expect(run.status == .done)
        #expect(run.text.contains("weir"))
        #expect(run.messages == "")
    }
}
