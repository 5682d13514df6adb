package lifeboat.catalog;

import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// Where two environments differ, as the chains of record components that lead there from the root.
final class EnvironmentDifference {
    /// A component of a record: whoever calls its accessor reads it.
    record Component(Class<?> owner, String name) {}

    /// @param steps the components from the root to what differs
    /// @param only what one of two lists holds more than the other; empty: nothing
    record Chain(List<Component> steps, Optional<Class<?>> only) {}

    private final List<Chain> chains = new ArrayList<>();

    private EnvironmentDifference() {}

    static List<Chain> between(Environment one, Environment other) {
        var difference = new EnvironmentDifference();
        difference.compare(one, other, List.of());
        return difference.chains;
    }

    private void compare(Object one, Object other, List<Component> way) {
        if (one.equals(other)) {
            return;
        }
        if (one instanceof List<?> list && other instanceof List<?> more) {
            lists(list, more, way);
        } else if (one instanceof Optional<?> maybe && other instanceof Optional<?> perhaps) {
            if (maybe.isPresent() && perhaps.isPresent()) {
                compare(maybe.get(), perhaps.get(), way);
            } else {
                chains.add(new Chain(way, Optional.empty()));
            }
        } else if (one instanceof Record && one.getClass() == other.getClass()) {
            records(one, other, way);
        } else {
            chains.add(new Chain(way, Optional.empty()));
        }
    }

    private void records(Object one, Object other, List<Component> way) {
        for (var component : one.getClass().getRecordComponents()) {
            var here = new Component(one.getClass(), component.getName());
            compare(
                    value(component, one),
                    value(component, other),
                    Stream.concat(way.stream(), Stream.of(here)).toList());
        }
    }

    private void lists(List<?> one, List<?> other, List<Component> way) {
        if (one.size() == other.size()) {
            for (int i = 0; i < one.size(); i++) {
                compare(one.get(i), other.get(i), way);
            }
            return;
        }
        var longer = one.size() > other.size() ? one : other;
        var shorter = one.size() > other.size() ? other : one;
        var extra = longer.stream().filter(item -> !shorter.contains(item)).findFirst();
        chains.add(new Chain(way, extra.filter(Record.class::isInstance).map(Object::getClass)));
    }

    private static Object value(RecordComponent component, Object owner) {
        try {
            var accessor = component.getAccessor();
            accessor.setAccessible(true);
            return accessor.invoke(owner);
        } catch (ReflectiveOperationException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
