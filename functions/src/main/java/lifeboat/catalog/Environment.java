package lifeboat.catalog;

import java.util.List;
import java.util.Optional;

/// One environment: what is deployed together, from one file.
///
/// @param name part of every stack's name
/// @param account the AWS account it is deployed to
/// @param region where the workloads live
/// @param recoveryRegion where they are recovered when that region is lost; differs from `region`
/// @param recoveryAccount the account that holds cross-account copies, for the day the account is lost; absent: none
/// @param contacts who is told
/// @param schedules how everything is backed up
/// @param vaultLock how hard recovery points are to delete; absent: not locked
/// @param workloads at least one, names unique
/// @param deployment what is deployed beside that which every environment has
public record Environment(
        EnvironmentName name,
        AccountId account,
        RegionName region,
        RegionName recoveryRegion,
        Optional<AccountId> recoveryAccount,
        Contacts contacts,
        BackupSchedules schedules,
        Optional<VaultLock> vaultLock,
        List<Workload> workloads,
        Deployment deployment) {
    public Environment {
        workloads = List.copyOf(workloads);
    }

    /// With nothing deployed beside.
    public Environment(
            EnvironmentName name,
            AccountId account,
            RegionName region,
            RegionName recoveryRegion,
            Optional<AccountId> recoveryAccount,
            Contacts contacts,
            BackupSchedules schedules,
            Optional<VaultLock> vaultLock,
            List<Workload> workloads) {
        this(
                name,
                account,
                region,
                recoveryRegion,
                recoveryAccount,
                contacts,
                schedules,
                vaultLock,
                workloads,
                Deployment.NOTHING_MORE);
    }

    /// Without copies in another account.
    public Environment(
            EnvironmentName name,
            AccountId account,
            RegionName region,
            RegionName recoveryRegion,
            Contacts contacts,
            BackupSchedules schedules,
            Optional<VaultLock> vaultLock,
            List<Workload> workloads) {
        this(name, account, region, recoveryRegion, Optional.empty(), contacts, schedules, vaultLock, workloads);
    }

    /// The workload of that name, or empty where there is none.
    public Optional<Workload> workload(WorkloadName wanted) {
        return workloads.stream().filter(w -> w.name().equals(wanted)).findFirst();
    }
}
