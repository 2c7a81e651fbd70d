import BPFModel
import BPFText
import BPFVerifier
import Testing

/// Programs of which the verifier once thought otherwise than Linux, reduced to what mattered.
@Suite struct KernelAgreementTests {
    /// Known low bits of a variable offset and the fixed offset together make an address aligned.
    @Test func alignmentOfSums() throws {
        try expectAccepted(
            """
            r7 = *(u8 *)(r1 + 4)
            r0 = 23
            if r7 s> 3 goto out
            w7 |= 1
            r2 = r10
            r2 += -24
            r2 += r7
            *(u16 *)(r2 + 3) = 63
            out: exit
            """)
    }

    /// Every byte of a number stored as zero is zero.
    @Test func partsOfSpilledZeros() throws {
        try expectAccepted(
            """
            *(u64 *)(r10 - 8) = 0
            r1 = *(s16 *)(r10 - 6)
            r2 = *(u8 *)(r10 - 1)
            r1 += r2
            r3 = r10
            r3 += r1
            r0 = *(u64 *)(r3 - 8)
            exit
            """)
    }

    private func expectAccepted(_ program: String) throws {
        let spec = try ProgramSpec(assembly: program)
        #expect(throws: Never.self) { try Verifier().verify(spec) }
    }
}
