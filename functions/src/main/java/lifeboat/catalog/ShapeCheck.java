package lifeboat.catalog;

import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import lifeboat.catalog.Node.Field;
import lifeboat.catalog.Node.Kind;
import lifeboat.catalog.Node.Mapping;
import lifeboat.catalog.Node.Scalar;
import lifeboat.catalog.Node.Sequence;
import lifeboat.catalog.Shape.Block;
import lifeboat.catalog.Shape.ListOf;
import lifeboat.catalog.Shape.Named;
import lifeboat.catalog.Shape.OneWord;
import lifeboat.catalog.Shape.Variants;
import lifeboat.catalog.Shape.WordOr;

/// Compares a document with its shape and reports everything that differs.
final class ShapeCheck {
    private final Collection<Problem> problems;

    ShapeCheck(Collection<Problem> problems) {
        this.problems = problems;
    }

    void check(Shape shape, Node node, String path) {
        switch (shape) {
            case Block block -> block(block, node, path);
            case Named named -> named(named, node, path);
            case Variants variants -> variants(variants, node, path);
            case ListOf list -> list(list, node, path);
            case WordOr(var word, var own) -> check(node instanceof Scalar ? word : own, node, path);
            case Shape.Text _, Shape.AnyScalar _, Shape.Day _, Shape.Span _, Shape.Whole _, Shape.Flag _, OneWord _ -> {
                if (node instanceof Scalar scalar) {
                    scalar(shape, scalar, path);
                } else {
                    wrongType(node, path, expected(shape));
                }
            }
        }
    }

    private void block(Block block, Node node, String path) {
        if (!(node instanceof Mapping(var fields, int line))) {
            wrongType(node, path, "a map with the keys " + names(block.keys()));
            return;
        }
        var known = block.keys().stream().collect(Collectors.toMap(Shape.Key::name, key -> key));
        fields.forEach((name, field) -> {
            var at = DocumentReader.join(path, name);
            var key = known.get(name);
            if (key == null) {
                unknown(
                        name,
                        at,
                        field,
                        block.keys().stream().map(Shape.Key::name).toList());
            } else {
                check(key.shape(), field.value(), at);
            }
        });
        block.keys().stream()
                .filter(key -> key.required() && !fields.containsKey(key.name()))
                .forEach(key -> missing(key, path, line));
    }

    private void missing(Shape.Key key, String path, int line) {
        var at = DocumentReader.join(path, key.name());
        var message = "required key \"" + key.name() + "\" is missing: " + key.meaning();
        report("LB-010", at, line, message, "for example " + key.name() + ": " + key.example());
    }

    private void unknown(String name, String path, Field field, List<String> known) {
        var nearest = NearestKey.to(name, known)
                .map(near -> "did you mean \"" + near + "\"? ")
                .orElse("");
        var allowed = known.isEmpty() ? "no keys are allowed here" : "allowed: " + String.join(", ", known);
        report("LB-008", path, field.line(), "unknown key \"" + Problem.shortened(name) + "\"", nearest + allowed);
    }

    private void named(Named named, Node node, String path) {
        if (!(node instanceof Mapping(var fields, int line))) {
            wrongType(node, path, "a map from names to values");
            return;
        }
        if (fields.size() < named.least() || fields.size() > named.most()) {
            var allowed = named.most() == Integer.MAX_VALUE
                    ? "at least " + named.least()
                    : named.least() + " to " + named.most();
            report("LB-012", path, line, fields.size() + " entries: " + allowed + " are allowed", "");
        }
        fields.forEach((name, field) -> {
            var at = DocumentReader.join(path, name);
            if (!named.name().fits(name)) {
                refuse(at, field.line(), name, named.name().allowed(), "");
            }
            check(named.value(), field.value(), at);
        });
    }

    private void variants(Variants variants, Node node, String path) {
        var discriminators = variants.discriminators();
        var list = String.join(", ", discriminators);
        if (!(node instanceof Mapping(Map<String, Field> fields, int line))) {
            wrongType(node, path, "a map with exactly one of the keys " + list);
            return;
        }
        var given = discriminators.stream().filter(fields::containsKey).toList();
        if (given.size() == 1) {
            block(variants.blocks().get(discriminators.indexOf(given.getFirst())), node, path);
            return;
        }
        var message =
                given.isEmpty() ? "none of the keys " + list : "the keys " + String.join(" and ", given) + " together";
        report("LB-014", path, line, message, "give exactly one of " + list + nearest(fields, discriminators));
    }

    private static String nearest(Map<String, Field> fields, List<String> known) {
        return fields.keySet().stream()
                .filter(name -> !known.contains(name))
                .flatMap(name ->
                        NearestKey.to(name, known).map(near -> "; \"" + name + "\" may be \"" + near + "\"").stream())
                .findFirst()
                .orElse("");
    }

    private void list(ListOf list, Node node, String path) {
        if (!(node instanceof Sequence(var items, int line))) {
            wrongType(node, path, "a list");
            return;
        }
        if (items.size() < list.least()) {
            report("LB-012", path, line, "the list is empty: at least " + list.least() + " is needed", "");
        }
        for (int i = 0; i < items.size(); i++) {
            check(list.item(), items.get(i), path + "[" + i + "]");
        }
    }

    private void scalar(Shape shape, Scalar scalar, String path) {
        switch (shape) {
            case Shape.Text(var form) -> text(form, scalar, path);
            case OneWord(var words) -> oneWord(words, scalar, path);
            case Shape.Span(boolean wholeDays) -> span(wholeDays, scalar, path);
            case Shape.Day _ -> day(scalar, path);
            case Shape.Whole(long least) -> whole(least, scalar, path);
            case Shape.Flag _ -> expectKind(Kind.FLAG, shape, scalar, path);
            case Shape.AnyScalar _ -> {}
            case Block _, Named _, Variants _, ListOf _, WordOr _ -> throw new IllegalStateException(path);
        }
    }

    private void text(Pattern form, Scalar scalar, String path) {
        if (expectText(scalar, path, form.allowed()) && !form.fits(scalar.text())) {
            refuse(path, scalar.line(), scalar.text(), form.allowed(), "");
        }
    }

    private void oneWord(List<String> words, Scalar scalar, String path) {
        var allowed = "one of " + String.join(", ", words);
        if (expectText(scalar, path, allowed) && !words.contains(scalar.text())) {
            var hint = NearestKey.to(scalar.text(), words)
                    .map(near -> "did you mean \"" + near + "\"?")
                    .orElse("");
            refuse(path, scalar.line(), scalar.text(), allowed, hint);
        }
    }

    private void span(boolean wholeDays, Scalar scalar, String path) {
        var duration = Durations.parse(scalar.text());
        var allowed = Durations.FORM.allowed() + ", at most 100y" + (wholeDays ? ", in whole days" : "");
        if (duration.isEmpty() || (wholeDays && duration.get().toSeconds() % 86_400 != 0)) {
            var hint = scalar.kind() == Kind.NUMBER ? "add the unit, for example " + scalar.text() + "h" : "";
            report("LB-013", path, scalar.line(), scalar.described() + " is not a duration: " + allowed, hint);
        }
    }

    private void day(Scalar scalar, String path) {
        try {
            LocalDate.parse(scalar.text());
        } catch (DateTimeParseException noDay) {
            var message = scalar.described() + " is not a day: year-month-day, for example 2027-06-30";
            report("LB-017", path, scalar.line(), message, "");
        }
    }

    private void whole(long least, Scalar scalar, String path) {
        expectKind(Kind.NUMBER, new Shape.Whole(least), scalar, path);
        if (scalar.kind() == Kind.NUMBER && !scalar.text().matches("0|[1-9][0-9]{0,14}")) {
            refuse(path, scalar.line(), scalar.text(), expected(new Shape.Whole(least)), "");
        }
    }

    private void expectKind(Kind kind, Shape shape, Scalar scalar, String path) {
        if (scalar.kind() != kind) {
            wrongType(scalar, path, expected(shape));
        }
    }

    private boolean expectText(Scalar scalar, String path, String allowed) {
        if (scalar.kind() == Kind.TEXT) {
            return true;
        }
        var quote = scalar.kind() == Kind.NOTHING ? "" : "quote it: \"" + Problem.shortened(scalar.text()) + "\"";
        report(
                "LB-011",
                path,
                scalar.line(),
                "expected a text (" + allowed + ") but found " + scalar.described(),
                quote);
        return false;
    }

    private static String expected(Shape shape) {
        return switch (shape) {
            case Shape.Text(var form) -> form.allowed();
            case OneWord(var words) -> "one of " + String.join(", ", words);
            case Shape.Span _ -> Durations.FORM.allowed();
            case Shape.Day _ -> "a day, for example 2027-06-30";
            case Shape.Whole(long least) -> "a whole number of at least " + least + ", without quotes";
            case Shape.Flag _ -> "true or false, without quotes";
            case Shape.AnyScalar _ -> "a single value";
            case Block _, Named _, Variants _, WordOr _ -> "a map";
            case ListOf _ -> "a list";
        };
    }

    private void wrongType(Node node, String path, String expected) {
        report("LB-011", path, node.line(), "expected " + expected + " but found " + node.described(), "");
    }

    private void refuse(String path, int line, String value, String allowed, String hint) {
        report("LB-001", path, line, "\"" + Problem.shortened(value) + "\" is not allowed: " + allowed, hint);
    }

    private void report(String code, String path, int line, String message, String hint) {
        problems.add(new Problem(code, path, line, message, hint));
    }

    private static String names(List<Shape.Key> keys) {
        return keys.isEmpty() ? "(none)" : keys.stream().map(Shape.Key::name).collect(Collectors.joining(", "));
    }
}
