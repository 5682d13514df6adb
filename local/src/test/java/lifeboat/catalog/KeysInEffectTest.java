package lifeboat.catalog;

import static java.util.stream.Collectors.toCollection;
import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Stream;
import lifeboat.catalog.Effect.Extent;
import lifeboat.catalog.KeyPlaces.Described;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// Every key of the environment file is read by something, or says that it is not in effect yet.
///
/// Each key of the files that are right is changed, or left out. What differs in the environment then leads to the
/// components of the catalog that hold it, and the bytecode of all modules says whether anything but the reader of the
/// file calls for these.
class KeysInEffectTest {
    /// Keys that lead to a component which is read, though of another key: it holds both. The bytecode cannot tell.
    private static final Set<String> READ_ONLY_FOR_OTHERS = Set.of(
            // Workload.accountLost holds Objectives, of which only the RPO is read; the RTO of regionLost is.
            "tiers.critical.accountLost.rto",
            "tiers.important.accountLost.rto",
            "tiers.standard.accountLost.rto",
            "tiers.non-critical.accountLost.rto",
            "workloads.NAME.accountLost.rto");

    private static final Set<String> PROVEN = new TreeSet<>();
    private static final Set<String> SEEN = new TreeSet<>();

    @BeforeAll
    static void changeEveryKeyOfEveryFile() {
        var readers = new KeyReaders(notBuilt());
        for (var file : files()) {
            for (var place : KeyPlaces.in(tree(file))) {
                SEEN.add(place.described().path());
            }
            prove(file, readers);
        }
        PROVEN.removeAll(READ_ONLY_FOR_OTHERS);
        KeyPlaces.keys().stream()
                .map(Described::path)
                .filter(path -> PROVEN.stream().anyMatch(proven -> proven.startsWith(path + ".")))
                .toList()
                .forEach(PROVEN::add);
    }

    @Test
    void everyKeyStandsInAFileThatIsRight() {
        assertThat(KeyPlaces.keys()).extracting(Described::path).hasSizeGreaterThan(100);
        assertThat(paths(key -> true))
                .as("add these to a file under environments/right")
                .isEqualTo(SEEN);
    }

    @Test
    void everyKeyIsReadOrSaysThatItIsNotInEffect() {
        var marked = paths(key -> key.effect().extent() == Extent.NONE);
        var unread = paths(key -> true);
        unread.removeAll(PROVEN);
        unread.removeIf(path ->
                marked.stream().anyMatch(whole -> path.startsWith(whole + ".") || path.startsWith(whole + "[")));

        assertThat(unread)
                .as(
                        "nothing reads these: mark them in the keys with but(Effect.none(...)); what is marked and read: unmark")
                .isEqualTo(
                        marked.stream().filter(path -> !PROVEN.contains(path)).collect(toCollection(TreeSet::new)));
        assertThat(marked).doesNotContainAnyElementsOf(PROVEN);
    }

    @Test
    void whatIsNotInEffectSaysWhatIsMissing() {
        assertThat(KeyPlaces.keys())
                .filteredOn(described -> described.key().effect().extent() != Extent.WHOLE)
                .hasSizeGreaterThan(5)
                .allSatisfy(described -> assertThat(described.key().effect().why())
                        .as(described.path())
                        .hasSizeGreaterThan(10));
    }

    private static TreeSet<String> paths(Predicate<Shape.Key> wanted) {
        return KeyPlaces.keys().stream()
                .filter(described -> wanted.test(described.key()))
                .map(Described::path)
                .collect(toCollection(TreeSet::new));
    }

    private static void prove(Path file, KeyReaders readers) {
        var whole = EnvironmentFile.read(file);
        var document = tree(file);
        var places = KeyPlaces.in(document);
        for (int at = 0; at < places.size(); at++) {
            var path = places.get(at).described().path();
            if (!PROVEN.contains(path)
                    && changes(document, at)
                            .flatMap(other -> EnvironmentDifference.between(whole, other).stream())
                            .anyMatch(readers::read)) {
                PROVEN.add(path);
            }
        }
    }

    /// The environments that the file describes when a key has another value, or is left out.
    private static Stream<Environment> changes(ObjectNode document, int at) {
        var place = KeyPlaces.in(document).get(at);
        var key = place.described().key();
        var changed = OtherValues.of(key.shape(), place.owner().get(key.name())).map(value -> {
            var copy = document.deepCopy();
            KeyPlaces.in(copy).get(at).owner().set(key.name(), value);
            return environment(copy);
        });
        return Stream.concat(changed.flatMap(Optional::stream).limit(3), without(document.deepCopy(), at).stream());
    }

    private static Optional<Environment> without(ObjectNode document, int at) {
        var place = KeyPlaces.in(document).get(at);
        if (place.list() != null && place.described().key().required()) {
            place.list().removeIf(item -> item == place.owner());
        } else {
            place.owner().remove(place.described().key().name());
        }
        return environment(document);
    }

    private static Optional<Environment> environment(ObjectNode document) {
        try {
            return Optional.of(EnvironmentFile.parse("changed.json", document.toString()));
        } catch (InvalidEnvironment refused) {
            return Optional.empty();
        }
    }

    /// The records of the stores that this version cannot restore.
    private static Set<Class<?>> notBuilt() {
        return files().stream()
                .map(EnvironmentFile::read)
                .flatMap(environment -> environment.workloads().stream())
                .flatMap(workload -> workload.resources().stream())
                .filter(resource -> Recoverability.of(resource) == Recoverability.NOT_YET)
                .map(Resource::getClass)
                .collect(toSet());
    }

    private static List<Path> files() {
        return Stream.of("infra/environments", "functions/src/test/resources/environments/right")
                .flatMap(folder -> {
                    try (var files = Files.list(Path.of(folder))) {
                        return files.sorted().toList().stream();
                    } catch (IOException unreadable) {
                        throw new UncheckedIOException(unreadable);
                    }
                })
                .toList();
    }

    private static ObjectNode tree(Path file) {
        try {
            JsonNode root = new YAMLMapper().readTree(Files.readString(file));
            return (ObjectNode) root;
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
