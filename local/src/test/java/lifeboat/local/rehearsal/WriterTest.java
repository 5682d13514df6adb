package lifeboat.local.rehearsal;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.function.IntConsumer;
import java.util.random.RandomGenerator;
import lifeboat.catalog.Resource;
import org.junit.jupiter.api.Test;

/// A shop that stops trading, or does not stop, is never taken for one that traded as it should.
class WriterTest {
    private final CountDownLatch wrote = new CountDownLatch(1);
    private final CountDownLatch mayGoOn = new CountDownLatch(1);

    @Test
    void aShopThatWritesUntilItIsClosedHasNotFailed() throws Exception {
        var writer = new Writer(new Stall(() -> {}), 1);
        wrote.await();
        assertThat(writer.failure()).isEmpty();
        writer.close();
        assertThat(writer.failure()).isEmpty();
    }

    @Test
    void anExceptionOfAShopIsItsFailure() throws Exception {
        assertBroken(() -> {
            throw new IllegalStateException("sold out");
        });
    }

    @Test
    void anErrorOfAShopIsItsFailureToo() throws Exception {
        assertBroken(() -> {
            throw new AssertionError("sold out");
        });
    }

    @Test
    void aShopThatGoesOnAfterItWasClosedHasFailed() throws Exception {
        var writer = new Writer(new Stall(this::hang), 1, Duration.ofMillis(1));
        wrote.await();
        writer.close();
        assertThat(writer.failure()).hasValueSatisfying(why -> assertThat(why).contains("still writes"));
        mayGoOn.countDown();
    }

    private void hang() {
        try {
            mayGoOn.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private void assertBroken(Runnable write) throws InterruptedException {
        var writer = new Writer(new Stall(write), 1);
        wrote.await();
        writer.close();
        assertThat(writer.failure()).hasValueSatisfying(why -> assertThat(why).contains("broke", "sold out"));
    }

    /// A shop that sells nothing.
    private final class Stall implements Shop {
        private final Runnable write;

        Stall(Runnable write) {
            this.write = write;
        }

        @Override
        public void write(RandomGenerator dice) {
            wrote.countDown();
            write.run();
        }

        @Override
        public String things() {
            return "nothing";
        }

        @Override
        public Resource resource() {
            throw new UnsupportedOperationException();
        }

        @Override
        public String writtenAt() {
            throw new UnsupportedOperationException();
        }

        @Override
        public void open(IntConsumer progress) {}

        @Override
        public void damage(RandomGenerator dice) {}

        @Override
        public Map<String, String> rows(String physicalName) {
            return Map.of();
        }

        @Override
        public Journal journal() {
            throw new UnsupportedOperationException();
        }
    }
}
