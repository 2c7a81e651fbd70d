import Testing
import Weir
import WeirCommands

@Suite struct ProgressBarTests {
    @Test func knownSizes() {
        #expect(
            ProgressBar.line(StreamProgress(position: 250_000_000, size: 1_000_000_000), packets: 3_000_000, seconds: 2)
                == "[======                  ] 25%  250.0 MB of 1.0 GB  1.500 Mpps  0:06 left")
        #expect(
            ProgressBar.line(StreamProgress(position: 0, size: 1000), packets: 0, seconds: 1)
                == "[                        ] 0%  0 B of 1.0 kB  0.000 Mpps  0:00 left")
        #expect(
            ProgressBar.line(StreamProgress(position: 2000, size: 1000), packets: 1, seconds: 1)
                == "[========================] 100%  2.0 kB of 1.0 kB  0.000 Mpps  0:00 left")
    }

    @Test func pipes() {
        #expect(ProgressBar.line(nil, packets: 12_500_000, seconds: 5) == "12500000 packets  2.500 Mpps")
    }

    /// Nothing is shown where nobody looks, or where the work is done at once.
    @Test(arguments: [true, false])
    func shortJobsShowNothing(terminal: Bool) throws {
        let run = Invocation(
            ["filter", "--count"], input: try SampleCapture.three(),
            terminals: Console.Terminals(messages: terminal))
        #expect(run.messages.withoutTime == "3 packets read, 3 matched, 134 bytes, T s, R Mpps\n")
    }
}
