package lifeboat.validation;

import java.util.Optional;
import lifeboat.catalog.ResourceName;
import lifeboat.catalog.WorkloadName;

/// One thing that the validation looked at.
public sealed interface Finding {
    /// What it is about.
    Subject subject();

    /// Which side of it.
    Aspect aspect();

    /// It is as the plan promised.
    record Passed(Subject subject, Aspect aspect) implements Finding {}

    /// It is not.
    ///
    /// @param told what was found, in one sentence
    /// @param hint what to do next
    record Failed(Subject subject, Aspect aspect, String told, String hint) implements Finding {}

    /// It could not be looked at.
    ///
    /// @param why what prevented it
    record Unknown(Subject subject, Aspect aspect, String why) implements Finding {}

    /// What a finding is about.
    ///
    /// @param workload absent: the environment as a whole
    /// @param resource absent: as well
    record Subject(Optional<WorkloadName> workload, Optional<ResourceName> resource) {
        static final Subject ENVIRONMENT = new Subject(Optional.empty(), Optional.empty());

        static Subject of(WorkloadName workload, ResourceName resource) {
            return new Subject(Optional.of(workload), Optional.of(resource));
        }

        @Override
        public String toString() {
            return workload.map(WorkloadName::value).orElse("environment")
                    + resource.map(name -> "/" + name.value()).orElse("");
        }
    }

    /// The sides that are looked at.
    enum Aspect {
        /// Every recovery point that the plan promised is in the vault, complete and in time.
        BACKUP("backup"),
        /// And its copy in the recovery region.
        COPY("copy"),
        /// And its copy in the recovery account.
        ACCOUNT_COPY("copy in the recovery account"),
        /// And kept as long as the rule says, in the storage that it says.
        RETENTION("retention"),
        /// The continuous backup is there and goes on.
        CONTINUOUS("continuous backup"),
        /// And encrypted, all of them, with the vault's key where AWS Backup uses that.
        ENCRYPTION("encryption"),
        /// No backup job failed or left something out.
        JOBS("backup jobs"),
        /// The store keeps its log, and it is fresh.
        POINT_IN_TIME("point-in-time recovery"),
        /// A recovery point outlives the resource, and one call does not delete the resource.
        SURVIVAL("survival of a deletion"),
        /// The secret with which a restored database is read is in the recovery region too.
        CREDENTIALS("credentials in the recovery region"),
        /// The vault is locked as the environment file says.
        VAULT_LOCK("vault lock");

        private final String label;

        Aspect(String label) {
            this.label = label;
        }

        /// As a person calls it.
        public String label() {
            return label;
        }
    }
}
