package lifeboat.aws.dynamodb;

import java.util.ArrayList;
import java.util.List;
import lifeboat.integrity.ContentComparison;
import lifeboat.integrity.Evidence;
import lifeboat.integrity.Inspections;
import lifeboat.integrity.LiveComparison;
import lifeboat.integrity.Segment;
import lifeboat.integrity.Subject;
import lifeboat.integrity.Tally;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.TableDescription;

/// Looks into a restored DynamoDB table: its key and indexes in one piece, its items in as many as a scan is cut into.
public final class DynamoDbInspections implements Inspections {
    private static final Segment STRUCTURE = new Segment("structure");

    private final DynamoDbClient live;
    private final DynamoDbClient copy;
    private final ItemWrites writes;
    private final ContentComparison content;

    /// @param live client of the region of the live table
    /// @param copy client of the region of the copy
    /// @param content how items are compared with live
    public DynamoDbInspections(DynamoDbClient live, DynamoDbClient copy, ContentComparison content) {
        this.live = live;
        this.copy = copy;
        this.writes = new ItemWrites(live, copy);
        this.content = content;
    }

    @Override
    public List<Segment> plan(Subject subject) {
        var pieces = new ArrayList<Segment>();
        pieces.add(STRUCTURE);
        pieces.addAll(writes.plan(subject));
        pieces.addAll(content.plan(subject));
        return pieces;
    }

    @Override
    public Evidence inspect(Subject subject, Segment segment) {
        if (segment.equals(STRUCTURE)) {
            return structure(subject);
        }
        return segment.is("content") ? content.compare(subject, segment) : writes.read(subject, segment);
    }

    private Evidence structure(Subject subject) {
        var here = TableStructure.of(describe(copy, subject.copy().value()));
        var differences = subject.trust() == Subject.LiveTrust.ABSENT
                ? List.<String>of()
                : here.differencesTo(
                        TableStructure.of(describe(live, subject.live().physicalName())));
        var outcome = LiveComparison.structure(subject.trust(), differences, here.toString());
        return new Evidence(List.of(outcome), Tally.NOTHING, List.of());
    }

    private static TableDescription describe(DynamoDbClient client, String table) {
        return client.describeTable(request -> request.tableName(table)).table();
    }
}
