package lifeboat.integrity.sql;

import java.util.List;
import java.util.stream.Collectors;
import lifeboat.docs.Page;
import org.junit.jupiter.api.Test;

/// `docs/reference/structure-postgresql.md` lists what is compared and what is not, as the code does.
class StructurePageTest {
    private static final Page PAGE = Page.at("reference/structure-postgresql.md");

    @Test
    void thePageListsWhatIsCompared() {
        PAGE.mustHold(
                "compared",
                StructureKinds.COMPARED.stream()
                        .map(kind -> "| %s | %s |\n".formatted(kind.name(), dumped(kind.dumped())))
                        .collect(Collectors.joining("", "| Kind | `pg_dump` |\n|---|---|\n", "")));
    }

    @Test
    void thePageListsWhatIsNotCompared() {
        PAGE.mustHold(
                "not compared",
                StructureKinds.NOT_COMPARED.stream()
                        .map(kind -> "| %s | %s | %s |\n".formatted(kind.name(), dumped(kind.dumped()), kind.why()))
                        .collect(Collectors.joining("", "| Kind | `pg_dump` | Why |\n|---|---|---|\n", "")));
    }

    private static String dumped(List<String> names) {
        return names.isEmpty() ? "-" : "`" + String.join("`, `", names) + "`";
    }
}
