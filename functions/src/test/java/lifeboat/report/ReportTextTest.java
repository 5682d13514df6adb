package lifeboat.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Optional;
import lifeboat.docs.Page;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// The letters, word by word: `src/test/resources/report/PERIOD.txt`.
class ReportTextTest {
    private static final Path GOLDEN = Path.of("functions/src/test/resources/report");

    @ParameterizedTest
    @EnumSource
    void theLetterIsAsAgreed(Period period) {
        Report report = SampleReports.of(period);
        Letter letter = new ReportText(report, Optional.of("s3://pages/" + report.path())).letter();

        new Page(GOLDEN.resolve(period.label() + ".txt")).mustBe(letter.subject() + "\n\n" + letter.body());
    }

    @Test
    void withoutABucketTheLetterSaysSo() {
        assertThat(new ReportText(SampleReports.of(Period.DAILY), Optional.empty())
                        .letter()
                        .body())
                .contains("page          not kept: LIFEBOAT_PAGES is not set");
    }

    @Test
    void theLetterOnAThousandWorkloadsNamesAHundredAndCountsTheRest() {
        var environment = SampleReports.many(1_000);
        var report = new Report(
                environment,
                Period.WEEKLY,
                SampleReports.AT,
                environment.workloads().stream()
                        .map(workload -> SampleReports.status(
                                workload,
                                java.util.List.of(),
                                new BackupFindings.Findings.NotValidated("no"),
                                Period.WEEKLY))
                        .toList(),
                java.util.List.of());

        assertThat(new ReportText(report, Optional.empty()).letter().body())
                .contains("1000 NOT PROVEN, 0 of 1000 met", "w0099", "and 900 more workloads")
                .doesNotContain("w0100");
    }
}
