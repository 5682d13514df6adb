package lifeboat.aws.ledger;

import java.time.Instant;
import java.util.Optional;
import lifeboat.integrity.Digest;
import lifeboat.integrity.TableContent;
import lifeboat.integrity.TableContent.Part;

/// What a table, or a piece of it, held, as an item of the ledger.
final class ContentItems {
    private static final String UNKNOWN = "-";

    private ContentItems() {}

    static Items write(Items item, TableContent content, Instant expiresAt) {
        return item.text("table", content.table())
                .text("rule", content.rule())
                .text("readFrom", content.from().toString())
                .text("readUntil", content.until().toString())
                .number("rows", content.count())
                .texts("parts", content.parts().stream().map(ContentItems::text).toList())
                .number("expiresAt", expiresAt.getEpochSecond());
    }

    static TableContent read(Items item) {
        return new TableContent(
                item.text("table"),
                item.text("rule"),
                item.texts("parts").stream().map(ContentItems::part).toList(),
                Instant.parse(item.text("readFrom")),
                Instant.parse(item.text("readUntil")));
    }

    static String text(Part part) {
        return part.count() + " " + part.sum() + " "
                + part.newest().map(Instant::toString).orElse(UNKNOWN);
    }

    static Part part(String text) {
        var fields = text.split(" ", 3);
        return new Part(
                Long.parseLong(fields[0]),
                Digest.parse(fields[1]),
                fields[2].equals(UNKNOWN) ? Optional.empty() : Optional.of(Instant.parse(fields[2])));
    }
}
