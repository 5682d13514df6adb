package lifeboat.reconcile.items;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;
import lifeboat.reconcile.items.GuardedWrite.Guarded;
import org.junit.jupiter.api.Test;

class GuardedWriteTest {
    private static final KeySchema SCHEMA = new KeySchema(new KeySchema.Part("id", KeySchema.Type.S), Optional.empty());
    private static final ItemKey KEY = ItemKey.ofParts(java.util.List.of("k"));

    @Test
    void anItemIsCreatedOnlyWhereThereIsNone() {
        var write = write(Optional.empty(), Optional.of(item(Map.of("a", "1"))));
        assertThat(write).isInstanceOf(GuardedWrite.Create.class);
        assertThat(write.condition().text()).isEqualTo("attribute_not_exists(#0)");
        assertThat(write.condition().names()).containsEntry("#0", "id");
    }

    @Test
    void aChangeTouchesOnlyWhatDiffersAndHoldsEverythingElseFast() {
        var write = write(
                Optional.of(item(Map.of("same", "1", "changed", "2", "gone", "3"))),
                Optional.of(item(Map.of("same", "1", "changed", "9", "new", "4"))));
        var change = (GuardedWrite.Change) write;
        assertThat(change.update().text()).isEqualTo("SET #u0=:u0,#u1=:u1 REMOVE #u2");
        assertThat(change.update().names().values()).containsExactlyInAnyOrder("changed", "new", "gone");
        assertThat(change.condition().names().values())
                .containsExactlyInAnyOrder("id", "same", "changed", "gone", "new");
        assertThat(change.condition().text()).contains("attribute_not_exists(#4)");
        assertThat(change.condition().values().values()).contains(new Attribute.Text("2"));
    }

    @Test
    void anItemIsRemovedOnlyWhereEveryAttributeIsAsSeen() {
        var write = write(Optional.of(item(Map.of("a", "1", "b", "2"))), Optional.empty());
        assertThat(write.condition().text()).isEqualTo("#0=:0 AND #1=:1 AND #2=:2");
    }

    @Test
    void anItemWiderThanAConditionNeedsAVersionAndIsOtherwiseNotWritten() {
        var seen = wide("v1");
        var wanted = wide("v2");
        assertThat(GuardedWrite.between(SCHEMA, KEY, Optional.of(seen), Optional.of(wanted), Optional.empty()))
                .isInstanceOf(Guarded.Impossible.class);
        assertThat(GuardedWrite.between(SCHEMA, KEY, Optional.of(seen), Optional.empty(), Optional.of("absent")))
                .isInstanceOf(Guarded.Impossible.class);
        var byVersion =
                GuardedWrite.between(SCHEMA, KEY, Optional.of(seen), Optional.of(wanted), Optional.of("updatedAt"));
        var change = (GuardedWrite.Change) ((Guarded.By) byVersion).write();
        assertThat(change.condition().names().values()).containsExactlyInAnyOrder("updatedAt", "x");
        assertThat(change.condition().fits()).isTrue();
    }

    @Test
    void theWidestItemThatAConditionHoldsHasAHundredAndFiftyAttributes() {
        assertThat(removal(150)).isInstanceOf(Guarded.By.class);
        assertThat(removal(151)).isInstanceOf(Guarded.Impossible.class);
    }

    @Test
    void nothingToDoIsNoWrite() {
        var same = Optional.of(item(Map.of()));
        assertThatThrownBy(() -> write(same, same)).hasMessageContaining("already");
    }

    private static Guarded removal(int attributes) {
        var texts = new TreeMap<String, String>();
        IntStream.range(1, attributes).forEach(i -> texts.put("a" + i, ""));
        return GuardedWrite.between(SCHEMA, KEY, Optional.of(item(texts)), Optional.empty(), Optional.empty());
    }

    private static Item wide(String version) {
        var texts = new TreeMap<String, String>();
        IntStream.range(0, 500).forEach(i -> texts.put("a" + i, ""));
        texts.put("updatedAt", "same");
        texts.put("x", version);
        return item(texts);
    }

    private static GuardedWrite write(Optional<Item> seen, Optional<Item> wanted) {
        return ((Guarded.By) GuardedWrite.between(SCHEMA, KEY, seen, wanted, Optional.empty())).write();
    }

    private static Item item(Map<String, String> texts) {
        var attributes = new TreeMap<String, Attribute>();
        texts.forEach((name, text) -> attributes.put(name, new Attribute.Text(text)));
        attributes.put("id", new Attribute.Text("k"));
        return new Item(attributes);
    }
}
