package lifeboat.reconcile.items;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import lifeboat.reconcile.Archive;
import lifeboat.reconcile.LocalArchive;
import lifeboat.reconcile.StoreIdentity;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A lease whose holder got no answer to the write that gave it the lease, so that the write was made again.
class RepairLeaseTest {
    private static final StoreIdentity LIVE = new StoreIdentity("dynamodb:orders");

    @TempDir
    Path folder = Path.of(".");

    private Instant now = Instant.parse("2026-11-20T03:00:00Z");
    private RepairLease lease = new RepairLease(new LocalArchive(folder), LIVE, () -> now);

    @BeforeEach
    void overALineThatLosesAnswers() {
        lease = new RepairLease(new LosesAnswersToSwaps(new LocalArchive(folder)), LIVE, () -> now);
    }

    @Test
    void whoTookItHasIt() {
        assertThat(lease.take("ann, process 1")).isEmpty();
        now = now.plus(Duration.ofMinutes(1));
        lease.renew();
        assertThat(new RepairLease(new LocalArchive(folder), LIVE, () -> now).take("ben, process 2"))
                .contains("ann, process 1");
    }

    @Test
    void whoLostItIsToldWhoHasIt() {
        assertThat(lease.take("ann, process 1")).isEmpty();
        now = now.plus(Duration.ofMinutes(3));
        assertThat(new RepairLease(new LocalArchive(folder), LIVE, () -> now).take("ben, process 2"))
                .isEmpty();
        assertThatThrownBy(lease::renew)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("ben, process 2");
    }

    /// Each swap is written, and then made again because its answer was lost.
    private record LosesAnswersToSwaps(Archive archive) implements Archive {
        @Override
        public boolean swap(String name, Optional<String> seen, Optional<String> next) throws IOException {
            archive.swap(name, seen, next);
            return archive.swap(name, seen, next);
        }

        @Override
        public OutputStream create(String name) throws IOException {
            return archive.create(name);
        }

        @Override
        public InputStream open(String name) throws IOException {
            return archive.open(name);
        }

        @Override
        public boolean has(String name) throws IOException {
            return archive.has(name);
        }

        @Override
        public List<String> list(String prefix) throws IOException {
            return archive.list(prefix);
        }

        @Override
        public Optional<String> text(String name) throws IOException {
            return archive.text(name);
        }
    }
}
