package lifeboat.reconcile.items;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import lifeboat.integrity.Digest;
import lifeboat.reconcile.items.KeyMatcher.Suspect;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KeyMatcherTest {
    private record Offer(boolean copy, int key, long digest) {}

    @ParameterizedTest
    @ValueSource(ints = {1, 100, 1_000_000})
    void whateverTheOrderAndTheRoomOnlyWhatDoesNotMatchIsSuspected(int mostWaiting) {
        var offers = new ArrayList<Offer>();
        var expected = new HashSet<Suspect>();
        IntStream.range(0, 5_000).forEach(key -> {
            var kind = key % 50;
            if (kind != 0) {
                offers.add(new Offer(true, key, key));
            }
            if (kind != 1) {
                offers.add(new Offer(false, key, kind == 2 ? -1 : key));
            }
            if (kind <= 2) {
                expected.add(new Suspect(key(key), kind != 0));
            }
        });
        Collections.shuffle(offers, new Random(mostWaiting));

        assertThat(suspects(offers, mostWaiting)).isEqualTo(expected);
    }

    private static Set<Suspect> suspects(List<Offer> offers, int mostWaiting) {
        var found = new ArrayList<Suspect>();
        try (var matcher = new KeyMatcher(mostWaiting)) {
            for (var offer : offers) {
                matcher.offer(offer.copy, key(offer.key), new Digest(0, offer.digest))
                        .ifPresent(found::add);
            }
            matcher.rest(found::add);
        }
        assertThat(found).doesNotHaveDuplicates();
        return new HashSet<>(found);
    }

    private static ItemKey key(int key) {
        return ItemKey.ofParts(List.of("key " + key));
    }
}
