package lifeboat.recording;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.zip.CRC32;
import lifeboat.catalog.Environment;
import lifeboat.catalog.Resource;
import lifeboat.catalog.Workload;
import lifeboat.integrity.RecordedContents;

/// When what each resource holds is recorded: an hour of its own in every day (UTC).
///
/// The hour follows from the names, so that a thousand databases are not read at once, nothing has to be remembered,
/// and one hourly schedule serves them all.
final class RecordingCalendar {
    private static final int HOURS = 24;

    private RecordingCalendar() {}

    /// The resources of a workload whose content is asked for at all.
    static List<Resource> asked(Workload workload) {
        return workload.resources().stream().filter(RecordedContents::isAsked).toList();
    }

    /// Everything that is due in the hour that holds an instant.
    static List<Recording> due(Environment environment, Instant at) {
        var hour = at.atZone(ZoneOffset.UTC).getHour();
        var occasion = "%s %d".formatted(at.atZone(ZoneOffset.UTC).toLocalDate(), hour);
        return environment.workloads().stream()
                .flatMap(workload -> asked(workload).stream()
                        .filter(resource -> hour(workload, resource) == hour)
                        .map(resource -> Recording.of(occasion, workload.name(), resource.name())))
                .toList();
    }

    private static int hour(Workload workload, Resource resource) {
        var checksum = new CRC32();
        checksum.update(
                "hour of %s/%s".formatted(workload.name(), resource.name()).getBytes(StandardCharsets.UTF_8));
        return (int) (checksum.getValue() % HOURS);
    }
}
