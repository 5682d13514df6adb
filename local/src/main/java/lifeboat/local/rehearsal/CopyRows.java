package lifeboat.local.rehearsal;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;
import lifeboat.infra.permission.Handler;
import lifeboat.local.engine.EngineFailure;
import lifeboat.recovery.Assessor;
import lifeboat.recovery.CopyResult;
import lifeboat.recovery.RecoveryId;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkException;

/// The rows of the restored copies, read by the rehearsal itself before they are assessed: a drill tears them down
/// right after.
final class CopyRows implements BiConsumer<Handler, JsonNode> {
    private final List<Shop> shops;
    private final Map<String, Map<String, String>> rows = new ConcurrentHashMap<>();
    private @Nullable Assessor assessor;

    CopyRows(List<Shop> shops) {
        this.shops = shops;
    }

    /// Where the names of the copies are read.
    void judgeBy(Assessor ledger) {
        assessor = ledger;
    }

    @Override
    public void accept(Handler handler, JsonNode input) {
        if (handler == Handler.ASSESS && assessor != null) {
            RecoveryId id = new RecoveryId(input.path("recovery").asText());
            assessor.judge(id).copies().forEach(this::read);
        }
    }

    private void read(CopyResult copy) {
        String resource = copy.result().resource().value();
        shops.stream()
                .filter(shop -> shop.resource().name().value().equals(resource))
                .forEach(shop -> read(shop, copy.entry().copy().name().value()));
    }

    private void read(Shop shop, String copy) {
        try {
            rows.put(shop.resource().name().value(), shop.rows(copy));
        } catch (SdkException | EngineFailure absent) {
            rows.remove(shop.resource().name().value()); // no copy came up; the outcome says so
        }
    }

    Optional<Map<String, String>> of(Shop shop) {
        return Optional.ofNullable(rows.get(shop.resource().name().value()));
    }
}
