package lifeboat.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import javax.xml.parsers.DocumentBuilderFactory;
import lifeboat.catalog.Environment;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// The page: one file that stands alone, whatever the names and messages hold.
class ReportPageTest {
    private static final Path GOLDEN = Path.of("functions/src/test/resources/report");
    private static final Pattern FETCHED =
            Pattern.compile("(?i)\\b(src|href|srcset|action|data)\\s*=|url\\(|@import|<script");

    @ParameterizedTest
    @EnumSource(names = {"WEEKLY", "QUARTERLY"})
    void thePageIsAsAgreed(Period period) {
        new lifeboat.docs.Page(GOLDEN.resolve(period.label() + ".html")).mustBe(html(SampleReports.of(period)));
    }

    @ParameterizedTest
    @EnumSource
    void nothingIsFetchedFromElsewhere(Period period) {
        assertThat(html(SampleReports.of(period)))
                .doesNotContainPattern(FETCHED)
                .doesNotContain("http://", "https://")
                .contains("default-src 'none'");
    }

    @ParameterizedTest
    @EnumSource
    void everyElementIsClosed(Period period) throws Exception {
        String html = html(SampleReports.of(period));
        String body = html.substring(html.indexOf("<body>"), html.indexOf("</html>"));

        DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new java.io.ByteArrayInputStream(body.getBytes(java.nio.charset.StandardCharsets.UTF_8)));
    }

    @Test
    void whatPeopleWroteIsTextAndNeverMarkup() {
        var hostile = "</td><script>alert(1)</script>\" onload='x' & \u0007";
        var status = SampleReports.status(
                SampleReports.PROD.workloads().getFirst(),
                List.of(),
                new BackupFindings.Findings.Validated(SampleReports.AT, 0, List.of(hostile), List.of(hostile)),
                Period.DAILY);

        assertThat(html(report(SampleReports.PROD, Period.DAILY, List.of(status))))
                .doesNotContain("<script", "\u0007", "' & ?")
                .contains("&lt;/td&gt;&lt;script&gt;alert(1)&lt;/script&gt;&quot; onload=&#39;x&#39; &amp; ?");
    }

    @Test
    void aThousandWorkloadsAreStillOnePage() {
        Environment environment = SampleReports.many(1_000);
        var statuses = environment.workloads().stream()
                .map(workload -> SampleReports.status(
                        workload,
                        SampleReports.drills(workload, 24, 7),
                        new BackupFindings.Findings.NotValidated("no"),
                        Period.WEEKLY))
                .toList();

        String html = html(report(environment, Period.WEEKLY, statuses));

        assertThat(html).hasSizeLessThan(8 * 1024 * 1024);
        assertThat(Pattern.compile("<tbody").matcher(html).results()).hasSize(1_000);
    }

    @Test
    void theWorstComesFirst() {
        String html = html(SampleReports.of(Period.WEEKLY));

        assertThat(html.indexOf(">orders<")).isLessThan(html.indexOf(">archive<"));
        assertThat(html.indexOf(">archive<")).isLessThan(html.indexOf(">catalog<"));
    }

    @Test
    void ofThoseThatStandAlikeTheMostImportantComesFirst() {
        String html = html(SampleReports.of(Period.MONTHLY));

        assertThat(html.indexOf(">orders<")).isLessThan(html.indexOf(">archive<"));
    }

    /// An incident that took eight hours is the worst that happened, whatever drills took.
    @Test
    void theWorstIsThatOfIncidentsToo() {
        assertThat(html(SampleReports.of(Period.WEEKLY)))
                .containsPattern("8h<svg.*RTO 1h; incident 20260911-[a-z0-9]{6}; measured in 10 of 10");
    }

    @Test
    void anOwnerIsShownAsWritten() {
        assertThat(html(SampleReports.of(Period.WEEKLY))).contains("Shop &amp; Pay &lt;shop@techmoda.example&gt;");
    }

    private static Report report(Environment environment, Period period, List<WorkloadStatus> statuses) {
        return new Report(environment, period, SampleReports.AT, statuses, List.of());
    }

    private static String html(Report report) {
        return new ReportPage(report).page().html();
    }
}
