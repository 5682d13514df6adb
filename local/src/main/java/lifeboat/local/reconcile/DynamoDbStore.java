package lifeboat.local.reconcile;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import lifeboat.catalog.Invalid;
import lifeboat.reconcile.Comparison;
import lifeboat.reconcile.LocalArchive;
import lifeboat.reconcile.Repairs;
import lifeboat.reconcile.TableName;
import lifeboat.reconcile.TypedName;
import lifeboat.reconcile.items.ItemComparison;
import lifeboat.reconcile.items.ItemRepairs;
import lifeboat.reconcile.items.ItemScans;
import lifeboat.reconcile.items.RepairLease;
import lifeboat.reconcile.sql.Triggers;

/// One DynamoDB table beside another. The live table's name stands for both.
///
/// Repairs from this machine keep out of each other's way by a lease in its temporary folder; repairs from several
/// machines rest on their conditional writes alone.
final class DynamoDbStore implements Store {
    private static final int WRITES_AT_ONCE = 8;

    @Override
    public String scheme() {
        return "dynamodb:";
    }

    @Override
    public Comparison comparison(Question question) {
        var copy = DynamoDbAddress.parse(question.copy());
        var live = DynamoDbAddress.parse(question.live());
        onlyLive(question.tables(), live);
        if (copy.equals(live)) {
            throw new Invalid("LB-445", "--live \"%s\" is not allowed: it is the copy".formatted(question.live()));
        }
        return new ItemComparison(
                copy.open(false),
                live.open(true),
                question.explainedBy(),
                question.purges(),
                ItemScans.usual(new SecureRandom().nextLong()));
    }

    private static void onlyLive(Set<TableName> tables, DynamoDbAddress live) {
        if (!List.of(TableName.of(live.table())).containsAll(tables)) {
            throw new Invalid(
                    "LB-445",
                    "--tables \"%s\" is not allowed: only the live table \"%s\"".formatted(tables, live.table()));
        }
    }

    @Override
    public Repairs repairs(String copy, String live, Set<TableName> tables, Triggers triggers) {
        var table = DynamoDbAddress.parse(live).open(true);
        var leases = new LocalArchive(Path.of(System.getProperty("java.io.tmpdir", "."), "lifeboat-leases"));
        var lease = new RepairLease(leases, table.shape().identity(), InstantSource.system(), RepairCommand::isDead);
        return new ItemRepairs(DynamoDbAddress.parse(copy).open(false), table, lease, Optional.empty(), WRITES_AT_ONCE);
    }

    @Override
    public TableName table(String typed) {
        return TableName.of(TypedName.name(typed));
    }
}
