package lifeboat.catalog;

import java.util.List;
import java.util.Optional;

/// What is deployed beside that which every environment has. Everything is absent unless the file asks for it.
///
/// @param network where databases are reached in the region of the workloads; absent: in no VPC
/// @param recoveryNetwork where restored databases are reached in the recovery region; absent: in no VPC
/// @param audit what auditors are given; absent: nothing
/// @param restoreTesting how often AWS Backup itself tests restores; absent: never
/// @param regionSwitch whether an ARC Region switch plan can start the recovery of everything in the recovery
///     region
/// @param vaultAdministrators ARNs of the IAM roles that may change vaults and the deletion of their keys, beside
///     the role that CloudFormation deploys in; empty: nobody else
/// @param deletionProtection whether stacks and the ledger refuse to be deleted; a first deployment that fails
///     can only be tried again without it
/// @param lab a table and a database to practise on; absent: none
public record Deployment(
        Optional<Network> network,
        Optional<Network> recoveryNetwork,
        Optional<Audit> audit,
        Optional<Drill.Cadence> restoreTesting,
        boolean regionSwitch,
        List<String> vaultAdministrators,
        boolean deletionProtection,
        Optional<Lab> lab) {
    public Deployment {
        vaultAdministrators = List.copyOf(vaultAdministrators);
    }

    /// Nothing beside that which every environment has.
    public static final Deployment NOTHING_MORE = new Deployment(
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            false,
            List.of(),
            false,
            Optional.empty());
}
