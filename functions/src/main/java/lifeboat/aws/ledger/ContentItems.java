package lifeboat.aws.ledger;

import java.time.Instant;
import java.util.Optional;
import lifeboat.integrity.KeySample;
import lifeboat.integrity.RecordedFiles;
import lifeboat.integrity.RecordedTables;
import lifeboat.integrity.Sketch;
import lifeboat.integrity.TableContent;

/// What a table, or a piece of it, held, as an item of the ledger.
final class ContentItems {
    private ContentItems() {}

    static Items write(Items item, TableContent content, Instant expiresAt) {
        return item.text("table", content.table())
                .text("rule", content.rule())
                .text("readFrom", content.from().toString())
                .text("readUntil", content.until().toString())
                .number("rows", content.count())
                .text("sketch", content.sketch().toString())
                .number("expiresAt", expiresAt.getEpochSecond());
    }

    /// What was recorded in the form of before cannot be compared any more, which its rule says.
    static TableContent read(Items item) {
        var sketch = item.find("sketch");
        return new TableContent(
                item.text("table"),
                sketch.isPresent() ? item.text("rule") : item.text("rule") + ", in parts",
                item.number("rows").orElse(0L),
                sketch.map(Sketch::parse).orElseGet(Sketch::new),
                KeySample.NONE,
                Optional.empty(),
                Instant.parse(item.text("readFrom")),
                Instant.parse(item.text("readUntil")));
    }

    static Items write(Items item, RecordedTables tables, Instant expiresAt) {
        return item.texts("tables", tables.names())
                .text("readUntil", tables.until().toString())
                .number("expiresAt", expiresAt.getEpochSecond());
    }

    static RecordedTables tables(Items item) {
        return new RecordedTables(item.texts("tables"), Instant.parse(item.text("readUntil")));
    }

    static Items write(Items item, RecordedFiles files, Instant expiresAt) {
        return item.text("files", files.text())
                .text("readUntil", files.until().toString())
                .number("expiresAt", expiresAt.getEpochSecond());
    }

    static RecordedFiles files(Items item) {
        return RecordedFiles.parse(item.text("files"), Instant.parse(item.text("readUntil")));
    }
}
