package lifeboat.recording;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import lifeboat.catalog.Environment;
import lifeboat.catalog.Invalid;
import lifeboat.catalog.Resource;
import lifeboat.catalog.Workload;

/// Starts a recording for each resource: those that are due in an hour, or those that a person names.
///
/// Each is an execution of its own, so that one that fails stops no other. The same occasion always gives a recording
/// the same id: a schedule or a call that is delivered twice starts it once.
public final class RecordingStarter {
    private final Environment environment;
    private final Recordings recordings;
    private final boolean away;

    /// @param away whether live is in another region
    public RecordingStarter(Environment environment, Recordings recordings, boolean away) {
        this.environment = environment;
        this.recordings = recordings;
        this.away = away;
    }

    /// Starts what a request asks for.
    ///
    /// @param call id of this call
    /// @throws Invalid before anything is started
    List<Recording> start(RecordRequest request, String call) {
        if (away) {
            throw new Invalid("LB-457", "live is in another region. hint: call the function of that region");
        }
        var started = switch (request) {
            case RecordRequest.Hour(var at) -> RecordingCalendar.due(environment, at);
            case RecordRequest.Now now -> named(now, call);
        };
        started.forEach(recordings::start);
        return started;
    }

    private List<Recording> named(RecordRequest.Now now, String call) {
        var workload = workload(now.workload());
        var asked = RecordingCalendar.asked(workload);
        if (asked.isEmpty()) {
            throw new Invalid(
                    "LB-461",
                    "no resource of workload \"%s\" has the check fingerprint. hint: add it in the environment file"
                            .formatted(workload.name()));
        }
        var chosen = now.resources().isEmpty()
                ? asked
                : now.resources().stream()
                        .map(name -> resource(workload, asked, name))
                        .toList();
        return chosen.stream()
                .map(resource -> Recording.of(call, workload.name(), resource.name()))
                .toList();
    }

    private Workload workload(String name) {
        return environment.workloads().stream()
                .filter(workload -> workload.name().value().equals(name))
                .findFirst()
                .orElseThrow(() -> new Invalid(
                        "LB-460",
                        "workload \"%s\" is not in environment %s: one of %s"
                                .formatted(
                                        name,
                                        environment.name(),
                                        sorted(environment.workloads().stream()
                                                .map(workload -> workload.name().value())))));
    }

    private static Resource resource(Workload workload, List<Resource> asked, String name) {
        return asked.stream()
                .filter(resource -> resource.name().value().equals(name))
                .findFirst()
                .orElseThrow(() -> new Invalid(
                        "LB-461",
                        "resource \"%s\" of workload \"%s\" has no check fingerprint: one of %s"
                                .formatted(
                                        name,
                                        workload.name(),
                                        sorted(asked.stream()
                                                .map(resource -> resource.name().value())))));
    }

    private static String sorted(Stream<String> names) {
        return names.sorted().collect(Collectors.joining(", "));
    }
}
