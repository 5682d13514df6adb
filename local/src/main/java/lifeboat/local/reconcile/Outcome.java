package lifeboat.local.reconcile;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.util.Optional;
import java.util.concurrent.Callable;
import lifeboat.catalog.Invalid;
import lifeboat.reconcile.Refusal;
import lifeboat.reconcile.Refused;
import lifeboat.reconcile.Verdict;
import lifeboat.reconcile.sql.StoreFailed;
import lifeboat.reconcile.sql.StoreUnreachable;
import software.amazon.awssdk.core.exception.SdkException;

/// Exit codes, and how failures are reported.
final class Outcome {
    /// Equal, or repaired.
    static final int EQUAL = 0;

    /// Differences were found, or rows were skipped.
    static final int DIFFERENT = 1;

    /// Not everything could be compared, or nothing was done at all.
    static final int INCOMPLETE = 2;

    /// Of a comparison.
    static final String UNTOUCHED = "nothing was written to the copy or to live";

    /// Of a repair or an undo: some batches can have ended before it failed.
    static final String WHOLE = "rows that were written are whole and stand in the undo log";

    private static final String AGAIN = "; the same command can be given again";

    private Outcome() {}

    static int of(Verdict verdict) {
        return switch (verdict) {
            case EQUAL -> EQUAL;
            case DIFFERENT -> DIFFERENT;
            case INCOMPLETE -> INCOMPLETE;
        };
    }

    /// Runs a command; what refuses or fails is said in words, or in JSON where the answer would be.
    ///
    /// @param left where a command that failed leaves live
    static int told(PrintWriter out, PrintWriter err, boolean json, String left, Callable<Integer> command)
            throws Exception {
        Optional<Unsuccessful> unsuccessful = Optional.empty();
        try {
            return command.call();
        } catch (Refused refused) {
            Refusal refusal = refused.refusal();
            unsuccessful = Optional.of(
                    new Unsuccessful("refused", refusal.code(), refusal.message(), Optional.of(refusal.hint())));
        } catch (Invalid invalid) {
            unsuccessful = Optional.of(new Unsuccessful("refused", invalid.code(), invalid.reason(), Optional.empty()));
        } catch (StoreUnreachable unreachable) {
            unsuccessful = Optional.of(failed(unreachable, unreachable.hint()));
        } catch (StoreFailed | UncheckedIOException failed) {
            unsuccessful = Optional.of(failed(failed, left + AGAIN));
        } catch (SdkException failed) {
            String network =
                    StoreUnreachable.network(failed).map(what -> what + "; ").orElse("");
            unsuccessful = Optional.of(failed(failed, network + left + AGAIN));
        }
        unsuccessful.ifPresent(one -> one.print(out, err, json));
        return INCOMPLETE;
    }

    private static Unsuccessful failed(RuntimeException failure, String hint) {
        return new Unsuccessful("failed", "", String.valueOf(failure.getMessage()), Optional.of(hint));
    }

    /// What kept a command from its end.
    ///
    /// @param how `refused` or `failed`
    /// @param code of a refusal; else empty
    private record Unsuccessful(String how, String code, String message, Optional<String> hint) {
        void print(PrintWriter out, PrintWriter err, boolean json) {
            if (json) {
                ObjectNode node = JsonNodeFactory.instance.objectNode().put("outcome", how);
                if (!code.isEmpty()) {
                    node.put("code", code);
                }
                node.put("message", message);
                hint.ifPresent(text -> node.put("hint", text));
                out.println(node.toPrettyString());
                out.flush();
            } else {
                err.println("%s: %s".formatted(how, code.isEmpty() ? message : code + " " + message));
                hint.ifPresent(text -> err.println("hint: " + text));
                err.flush();
            }
        }
    }
}
