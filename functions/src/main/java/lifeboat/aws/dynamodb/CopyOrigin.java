package lifeboat.aws.dynamodb;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import lifeboat.aws.Arns;
import lifeboat.restore.RestoreOrder;
import lifeboat.restore.RestorePoint;
import lifeboat.restore.Ticket;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.RestoreSummary;
import software.amazon.awssdk.services.dynamodb.model.TableDescription;

/// Whether a table is the one that a restore of ours made. DynamoDB says where a table was restored from only while it
/// is being created, so a restore is known by the id of its table, which lasts.
///
/// Where the answer of the restore was lost and the table is active already, the name proves it: the recovery's own
/// random id is in it, and the table is younger than the recovery.
///
/// @param home ARNs of the live tables
/// @see <a href="https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_TableDescription.html">
///     TableDescription</a>
record CopyOrigin(Arns home) {
    /// Of a restore whose table was not seen yet, and of those that earlier versions started.
    static final Ticket UNSEEN = new Ticket("native");

    private static final String TABLE = "table:";

    /// The ticket of the restore that DynamoDB says it has begun.
    static Ticket ticket(TableDescription begun) {
        return begun.tableId() == null ? UNSEEN : new Ticket(TABLE + begun.tableId());
    }

    /// The ticket of a table that stands under the name of the copy; [#UNSEEN] where it is not provably the copy.
    Ticket ticket(RestoreOrder order, TableDescription table) {
        return objection(order, UNSEEN, table).isEmpty() ? ticket(table) : UNSEEN;
    }

    /// Why a table is not the copy; empty: it is.
    Optional<String> objection(RestoreOrder order, Ticket ticket, TableDescription table) {
        if (ticket.value().startsWith(TABLE)) {
            return ticket.equals(ticket(table))
                    ? Optional.empty()
                    : Optional.of("table \"%s\" exists, but is not the one that was restored".formatted(order.copy()));
        }
        @Nullable RestoreSummary summary = table.restoreSummary();
        if (summary != null && !madeFrom(order, summary)) {
            return Optional.of("table \"%s\" exists, but was not restored from \"%s\""
                    .formatted(order.copy(), order.source().physicalName()));
        }
        return youngerThan(order.plannedAt(), table)
                ? Optional.empty()
                : Optional.of("table \"%s\" exists, but was there before this recovery, since %s"
                        .formatted(order.copy(), table.creationDateTime()));
    }

    private boolean madeFrom(RestoreOrder order, RestoreSummary summary) {
        return switch (order.point()) {
            case RestorePoint.Continuous _, RestorePoint.Snapshot _ ->
                home.of(order.source()).equals(summary.sourceTableArn());
            case RestorePoint.ServiceBackup backup -> backup.arn().value().equals(summary.sourceBackupArn());
        };
    }

    /// Whole seconds: not every clock of AWS shows more.
    private static boolean youngerThan(Instant plannedAt, TableDescription table) {
        @Nullable Instant created = table.creationDateTime();
        return created != null && !created.isBefore(plannedAt.truncatedTo(ChronoUnit.SECONDS));
    }
}
