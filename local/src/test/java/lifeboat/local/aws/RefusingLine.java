package lifeboat.local.aws;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import software.amazon.awssdk.core.SdkClient;
import software.amazon.awssdk.core.SdkRequest;

/// A client that refuses some requests, passes on all others, and counts them.
final class RefusingLine {
    private RefusingLine() {}

    /// Refuses each request that is meant, by its type.
    static <C extends SdkClient> C refusing(
            Class<C> type, C client, Predicate<SdkRequest> which, RuntimeException refusal) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(), new Class<?>[] {type}, (proxy, method, given) -> {
                    if (given != null && given[0] instanceof SdkRequest request && which.test(request)) {
                        throw refusal;
                    }
                    boolean own = method.isDefault() && !(given != null && given[0] instanceof SdkRequest);
                    if (own) {
                        return java.lang.reflect.InvocationHandler.invokeDefault(
                                proxy, method, given == null ? new Object[0] : given);
                    }
                    try {
                        return method.invoke(client, given);
                    } catch (InvocationTargetException thrown) {
                        throw thrown.getCause();
                    }
                }));
    }

    /// Counts requests by the name of their type.
    static <C extends SdkClient> C counting(Class<C> type, C client, Map<String, AtomicInteger> counts) {
        return refusing(
                type,
                client,
                request -> {
                    counts.computeIfAbsent(request.getClass().getSimpleName(), _ -> new AtomicInteger())
                            .incrementAndGet();
                    return false;
                },
                new IllegalStateException());
    }
}
