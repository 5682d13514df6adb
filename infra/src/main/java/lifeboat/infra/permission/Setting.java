package lifeboat.infra.permission;

import java.util.Arrays;
import java.util.Collections;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import lifeboat.infra.site.Site;

/// An environment variable of the functions.
public enum Setting {
    LIFEBOAT_CATALOG(site -> "/opt/lifeboat/catalog.json"),
    LIFEBOAT_LEDGER(Site::ledgerName),
    LIFEBOAT_TOPIC(Site::topicArn),
    LIFEBOAT_VAULT(Site::vaultName),
    LIFEBOAT_COPIES_VAULT(site -> Site.recovery(site.environment()).vaultName()),
    /// The ARN of the vault in the recovery account; empty where there is none.
    LIFEBOAT_ISOLATED_VAULT(
            site -> Site.isolated(site.environment()).map(Site::vaultArn).orElse("")),
    LIFEBOAT_RESTORE_ROLE(site -> site.globalArn("iam", "role/" + site.restoreRoleName())),
    LIFEBOAT_STATE_MACHINE(Site::stateMachineArn),
    LIFEBOAT_RECONCILE_MACHINE(Site::reconcileArn),
    LIFEBOAT_RECORD_MACHINE(Site::recordArn),
    LIFEBOAT_PLANS(Site::plansBucket),
    LIFEBOAT_LAB_REHEARSAL(Site::labRehearsalArn),
    /// The evidence bucket, where pages of reports and verdicts are kept; empty where nobody asked for an evidence
    /// bucket.
    LIFEBOAT_PAGES(site -> site.evidenceBucket().orElse(""));

    /// What a function needs that also tells people.
    static final Set<Setting> RESULTS = sorted(LIFEBOAT_CATALOG, LIFEBOAT_LEDGER, LIFEBOAT_TOPIC);

    /// What the function needs that gives the verdict and tells people.
    static final Set<Setting> VERDICTS_AND_RESULTS =
            sorted(LIFEBOAT_CATALOG, LIFEBOAT_LEDGER, LIFEBOAT_TOPIC, LIFEBOAT_PAGES, LIFEBOAT_STATE_MACHINE);

    /// What a function needs that reaches the stores.
    static final Set<Setting> STORES = sorted(LIFEBOAT_CATALOG, LIFEBOAT_LEDGER, LIFEBOAT_VAULT, LIFEBOAT_RESTORE_ROLE);

    /// What the lab's custom resource needs.
    static final Set<Setting> LAB = sorted(LIFEBOAT_CATALOG, LIFEBOAT_LAB_REHEARSAL);

    /// What a function needs that fills the lab's databases.
    static final Set<Setting> LAB_DATA = sorted(LIFEBOAT_CATALOG);

    /// What the front door of recordings needs.
    static final Set<Setting> RECORDINGS = sorted(LIFEBOAT_CATALOG, LIFEBOAT_RECORD_MACHINE);

    /// What a function needs that reads live and writes down what it held.
    static final Set<Setting> CONTENTS = sorted(LIFEBOAT_CATALOG, LIFEBOAT_LEDGER);

    /// What a function needs that compares or repairs.
    static final Set<Setting> RECONCILE = sorted(LIFEBOAT_CATALOG, LIFEBOAT_LEDGER, LIFEBOAT_PLANS);

    /// What the front door of reconcile needs.
    static final Set<Setting> RECONCILE_AND_EXECUTIONS =
            sorted(LIFEBOAT_CATALOG, LIFEBOAT_LEDGER, LIFEBOAT_PLANS, LIFEBOAT_RECONCILE_MACHINE);

    /// What a function needs that tells how a reconcile ended.
    static final Set<Setting> RECONCILE_AND_RESULTS =
            sorted(LIFEBOAT_CATALOG, LIFEBOAT_LEDGER, LIFEBOAT_PLANS, LIFEBOAT_TOPIC);

    /// What a function needs that proves backups.
    static final Set<Setting> BACKUPS = sorted(
            LIFEBOAT_CATALOG,
            LIFEBOAT_LEDGER,
            LIFEBOAT_TOPIC,
            LIFEBOAT_VAULT,
            LIFEBOAT_COPIES_VAULT,
            LIFEBOAT_ISOLATED_VAULT);

    /// What a function needs that reports.
    static final Set<Setting> REPORTS = sorted(LIFEBOAT_CATALOG, LIFEBOAT_LEDGER, LIFEBOAT_TOPIC, LIFEBOAT_PAGES);

    /// What a function needs that only starts recoveries.
    static final Set<Setting> EXECUTIONS = sorted(LIFEBOAT_CATALOG, LIFEBOAT_STATE_MACHINE);

    /// What a function needs that reaches the stores and knows the recoveries that run.
    static final Set<Setting> STORES_AND_EXECUTIONS =
            sorted(LIFEBOAT_CATALOG, LIFEBOAT_LEDGER, LIFEBOAT_VAULT, LIFEBOAT_RESTORE_ROLE, LIFEBOAT_STATE_MACHINE);

    private final Function<Site, String> value;

    Setting(Function<Site, String> value) {
        this.value = value;
    }

    public String value(Site site) {
        return value.apply(site);
    }

    private static Set<Setting> sorted(Setting... settings) {
        return Collections.unmodifiableSet(new TreeSet<>(Arrays.asList(settings)));
    }
}
