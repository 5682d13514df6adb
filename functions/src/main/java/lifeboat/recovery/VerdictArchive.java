package lifeboat.recovery;

/// Where closed verdicts are kept for auditors, beyond the reach of the functions.
@FunctionalInterface
public interface VerdictArchive {
    /// Nobody asked for evidence: the ledger alone holds the verdicts.
    VerdictArchive NONE = (_, _) -> {};

    /// Keeps a verdict; where there is one of this recovery already, that one stays.
    void keep(RecoveryId id, ClosedVerdict verdict);
}
