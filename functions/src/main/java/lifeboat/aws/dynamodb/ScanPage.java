package lifeboat.aws.dynamodb;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import lifeboat.integrity.Digest;
import lifeboat.reconcile.items.Attribute;
import lifeboat.reconcile.items.ItemKey;
import lifeboat.reconcile.items.PageDigester;

/// The page that a scan is reading: filled from the response's own bytes, and emptied again should the SDK try once
/// more.
final class ScanPage implements PageDigester.Sink {
    private final PageDigester digester;
    private final List<ItemKey> keys = new ArrayList<>();
    private final List<Digest> digests = new ArrayList<>();
    private final List<Map<String, Attribute>> told = new ArrayList<>();
    private byte[] body = new byte[1 << 20];
    private boolean read;

    ScanPage(PageDigester digester) {
        this.digester = digester;
    }

    /// Nothing has been read yet of the page that is asked for now.
    void expect() {
        read = false;
    }

    /// Room for a response, kept from page to page.
    byte[] room(int size) {
        if (body.length < size) {
            body = Arrays.copyOf(body, Math.max(size, 2 * body.length));
        }
        return body;
    }

    /// Reads the body that stands in {@link #room}; answers what remains of it for the SDK.
    Optional<String> read(int length) throws IOException {
        keys.clear();
        digests.clear();
        told.clear();
        read = true;
        return digester.digest(body, length, this).lastEvaluatedKey();
    }

    @Override
    public void told(Map<String, Attribute> attributes) {
        told.add(attributes);
    }

    @Override
    public void item(ItemKey key, Digest digest) {
        keys.add(key);
        digests.add(digest);
    }

    void forEach(PageDigester.Sink sink) {
        if (!read) {
            throw new IllegalStateException("the client of this table has no interceptor for scans");
        }
        for (var i = 0; i < keys.size(); i++) {
            if (!told.isEmpty()) {
                sink.told(told.get(i));
            }
            sink.item(keys.get(i), digests.get(i));
        }
    }
}
