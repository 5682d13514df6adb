package lifeboat.reconcile;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.util.MinimalPrettyPrinter;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import lifeboat.failure.Failure;

/// A file of an undo log: rows of one table and class that one transaction is about to write. A head says of what, a
/// line each holds a row, the foot their number and a digest of everything, so that a file which was cut or edited is
/// not taken for the log of a repair.
final class UndoFile {
    private UndoFile() {}

    /// What a file is of.
    ///
    /// @param entry number of the entry in its log, from 0
    /// @param part number of the file in its entry, from 0
    /// @param run the repair, or step of a repair, that wrote it: a random word
    record Head(
            PlanId plan,
            int entry,
            int part,
            String run,
            Optional<TransactionName> transaction,
            TableName table,
            DifferenceClass kind) {}

    /// What a file turned out to hold.
    ///
    /// @param digest of head and rows, hexadecimal
    record Found(Head head, long rows, String digest) {}

    /// It is not what was written.
    static final class Damaged extends Exception {
        private static final long serialVersionUID = 1L;

        Damaged(String why) {
            super(why);
        }
    }

    /// Writes a file; it appears when the caller closes the stream.
    ///
    /// @return digest of head and rows
    static String write(OutputStream out, Head head, List<UndoRow> rows) throws IOException {
        var digest = new UndoDigest(head);
        JsonGenerator json = ArchiveJson.FACTORY.createGenerator(new BufferedOutputStream(out, 1 << 16));
        json.setPrettyPrinter(new MinimalPrettyPrinter("\n"));
        json.disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
        write(json, head);
        for (UndoRow row : rows) {
            digest.add(row);
            write(json, row);
        }
        json.writeStartObject();
        json.writeNumberField("rows", rows.size());
        json.writeStringField("sha256", digest.hex());
        json.writeEndObject();
        json.close();
        return digest.hex();
    }

    private static void write(JsonGenerator json, Head head) throws IOException {
        json.writeStartObject();
        json.writeStringField("plan", head.plan().value());
        json.writeNumberField("entry", head.entry());
        json.writeNumberField("part", head.part());
        json.writeStringField("run", head.run());
        if (head.transaction().isPresent()) {
            json.writeStringField("transaction", head.transaction().get().value());
        }
        json.writeStringField("schema", head.table().schema());
        json.writeStringField("table", head.table().name());
        json.writeStringField("class", head.kind().name());
        json.writeEndObject();
    }

    private static void write(JsonGenerator json, UndoRow row) throws IOException {
        json.writeStartArray();
        json.writeStartArray();
        for (String part : row.key().parts()) {
            json.writeString(part);
        }
        json.writeEndArray();
        json.writeString(row.before().orElse(null));
        json.writeString(row.beforeDigest().orElse(null));
        json.writeNumber(row.beforeCount());
        json.writeString(row.after().orElse(null));
        json.writeNumber(row.afterCount());
        json.writeEndArray();
    }

    /// Reads a file row by row, and checks that it is whole and what was written.
    static Found read(InputStream in, Consumer<UndoRow> rows) throws IOException, Damaged {
        try (JsonParser json = ArchiveJson.FACTORY.createParser(in)) {
            Head head = head(json);
            var digest = new UndoDigest(head);
            long count = 0;
            while (json.nextToken() == JsonToken.START_ARRAY) {
                UndoRow row = row(json);
                digest.add(row);
                rows.accept(row);
                count++;
            }
            foot(json, count, digest.hex());
            return new Found(head, count, digest.hex());
        } catch (JsonProcessingException broken) {
            throw new Damaged("it cannot be read: " + Failure.text(broken));
        } catch (IllegalArgumentException wrong) {
            throw new Damaged("it holds what was never written: " + Failure.text(wrong));
        }
    }

    private static Head head(JsonParser json) throws IOException, Damaged {
        expect(json.nextToken() == JsonToken.START_OBJECT);
        var fields = new HashMap<String, String>();
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            String name = json.currentName();
            json.nextToken();
            fields.put(name, json.getText());
        }
        expect(fields.keySet().containsAll(List.of("plan", "entry", "part", "run", "schema", "table", "class")));
        return new Head(
                new PlanId(fields.getOrDefault("plan", "")),
                Integer.parseInt(fields.getOrDefault("entry", "")),
                Integer.parseInt(fields.getOrDefault("part", "")),
                fields.getOrDefault("run", ""),
                Optional.ofNullable(fields.get("transaction")).map(TransactionName::new),
                new TableName(fields.getOrDefault("schema", ""), fields.getOrDefault("table", "")),
                DifferenceClass.valueOf(fields.getOrDefault("class", "")));
    }

    private static UndoRow row(JsonParser json) throws IOException, Damaged {
        expect(json.nextToken() == JsonToken.START_ARRAY);
        List<String> key = new ArrayList<>();
        while (json.nextToken() == JsonToken.VALUE_STRING) {
            key.add(json.getText());
        }
        expect(json.currentToken() == JsonToken.END_ARRAY);
        Optional<String> before = text(json);
        Optional<String> beforeDigest = text(json);
        long beforeCount = number(json);
        Optional<String> after = text(json);
        long afterCount = number(json);
        expect(json.nextToken() == JsonToken.END_ARRAY);
        return new UndoRow(new RowKey(key), before, beforeDigest, beforeCount, after, afterCount);
    }

    private static Optional<String> text(JsonParser json) throws IOException, Damaged {
        JsonToken token = json.nextToken();
        expect(token == JsonToken.VALUE_STRING || token == JsonToken.VALUE_NULL);
        return token == JsonToken.VALUE_NULL ? Optional.empty() : Optional.of(json.getText());
    }

    private static long number(JsonParser json) throws IOException, Damaged {
        expect(json.nextToken() == JsonToken.VALUE_NUMBER_INT);
        return json.getLongValue();
    }

    private static void foot(JsonParser json, long rows, String digest) throws IOException, Damaged {
        if (json.currentToken() != JsonToken.START_OBJECT) {
            throw new Damaged("it was cut off after %,d rows".formatted(rows));
        }
        boolean same = "rows".equals(json.nextFieldName())
                && json.nextLongValue(-1) == rows
                && "sha256".equals(json.nextFieldName())
                && digest.equals(json.nextTextValue());
        if (!same || json.nextToken() != JsonToken.END_OBJECT || json.nextToken() != null) {
            throw new Damaged("it is not what was written: another number of rows, or another digest");
        }
    }

    private static void expect(boolean whether) throws Damaged {
        if (!whether) {
            throw new Damaged("it is not in the form of an undo log of this version, or was cut off");
        }
    }
}
