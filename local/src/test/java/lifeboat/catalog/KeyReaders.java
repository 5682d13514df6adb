package lifeboat.catalog;

import static java.util.stream.Collectors.toSet;

import com.tngtech.archunit.ArchConfiguration;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaFieldAccess;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.constantpool.ClassEntry;
import java.net.URI;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import lifeboat.catalog.EnvironmentDifference.Chain;
import lifeboat.catalog.EnvironmentDifference.Component;

/// Which components of the catalog the main code of all modules reads, as its bytecode says.
final class KeyReaders {
    /// What is read of a resource of any store, by whoever takes resources as they come.
    private static final Set<String> OF_ANY_STORE = Set.of("name", "pointInTime", "sizeGb");

    private final JavaClasses classes = ArchConfiguration.withThreadLocalScope(configuration -> {
        configuration.setResolveMissingDependenciesFromClassPath(false);
        return new ClassFileImporter()
                .withImportOption(new ImportOption.DoNotIncludeTests())
                .importPackages("lifeboat");
    });
    private final Set<String> namedOutside = namedBy(classes);
    private final Map<Component, Boolean> known = new HashMap<>();
    private final Set<Class<?>> storesThatAreNotBuilt;

    KeyReaders(Set<Class<?>> storesThatAreNotBuilt) {
        this.storesThatAreNotBuilt = Set.copyOf(storesThatAreNotBuilt);
    }

    /// Whether something reads all that leads to a difference.
    boolean read(Chain chain) {
        return chain.steps().stream().allMatch(step -> known.computeIfAbsent(step, this::isRead))
                && chain.only().filter(type -> !isReferred(type)).isEmpty();
    }

    private boolean isRead(Component step) {
        if (storesThatAreNotBuilt.contains(step.owner()) && !OF_ANY_STORE.contains(step.name())) {
            return step.owner().getRecordComponents()[1].getName().equals(step.name());
        }
        return Stream.concat(Stream.of(step.owner()), Arrays.stream(step.owner().getInterfaces()))
                .filter(type -> classes.contain(type))
                .flatMap(type -> classes.get(type).getMethods().stream())
                .filter(method -> method.getName().equals(step.name())
                        && method.getRawParameterTypes().isEmpty())
                .anyMatch(method -> isCalled(method, new HashSet<>()) || isUsedWithin(step));
    }

    /// A method of the component's own record that looks at its field, and is called itself.
    private boolean isUsedWithin(Component step) {
        return classes.get(step.owner()).getField(step.name()).getAccessesToSelf().stream()
                .filter(access -> access.getAccessType() == JavaFieldAccess.AccessType.GET)
                .map(JavaAccess::getOrigin)
                .filter(unit -> !unit.getName().equals(step.name()))
                .anyMatch(unit -> isCalled(unit, new HashSet<>()));
    }

    private boolean isCalled(JavaCodeUnit unit, Set<JavaCodeUnit> seen) {
        return unit instanceof JavaMethod
                && seen.add(unit)
                && unit.getAccessesToSelf().stream()
                        .map(JavaAccess::getOrigin)
                        .anyMatch(caller ->
                                isOutside(caller.getOwner()) || (isValue(caller.getOwner()) && isCalled(caller, seen)));
    }

    /// Whether a class outside of the catalog names a type, if only as a case of a switch.
    private boolean isReferred(Class<?> type) {
        return namedOutside.contains(type.getName().replace('.', '/'));
    }

    private static Set<String> namedBy(JavaClasses classes) {
        return classes.stream()
                .filter(KeyReaders::isOutside)
                .flatMap(type -> type.getSource().stream())
                .flatMap(source -> names(source.getUri()))
                .collect(toSet());
    }

    private static Stream<String> names(URI file) {
        try (var content = file.toURL().openStream()) {
            var names = new HashSet<String>();
            for (var entry : ClassFile.of().parse(content.readAllBytes()).constantPool()) {
                if (entry instanceof ClassEntry named) {
                    names.add(named.asInternalName());
                }
            }
            return names.stream();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static boolean isOutside(JavaClass type) {
        return !type.getPackageName().equals("lifeboat.catalog");
    }

    /// What belongs to the model: not what reads the file into it.
    private static boolean isValue(JavaClass type) {
        return type.isRecord() || type.isInterface() || type.isEnum();
    }
}
