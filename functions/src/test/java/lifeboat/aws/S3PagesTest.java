package lifeboat.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;
import lifeboat.report.Page;
import org.junit.jupiter.api.Test;
import org.mockito.ArgumentCaptor;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.S3Exception;

/// A page goes to the bucket once and is never written over.
class S3PagesTest {
    private static final Page PAGE = new Page("reports/prod/daily/2026-11-20.html", "<p>\u00e9</p>");
    private final S3Client s3 = mock(S3Client.class);
    private final S3Pages pages = new S3Pages(s3, "pages");

    @Test
    void thePageIsWrittenOnlyWhereThereIsNone() throws IOException {
        assertThat(pages.keep(PAGE)).isEqualTo("s3://pages/reports/prod/daily/2026-11-20.html");

        ArgumentCaptor<Consumer<PutObjectRequest.Builder>> put = ArgumentCaptor.captor();
        ArgumentCaptor<RequestBody> body = ArgumentCaptor.captor();
        verify(s3).putObject(put.capture(), body.capture());
        assertThat(PutObjectRequest.builder().applyMutation(put.getValue()).build())
                .isEqualTo(PutObjectRequest.builder()
                        .bucket("pages")
                        .key("reports/prod/daily/2026-11-20.html")
                        .contentType("text/html; charset=utf-8")
                        .ifNoneMatch("*")
                        .build());
        assertThat(body.getValue().contentStreamProvider().newStream().readAllBytes())
                .isEqualTo("<p>\u00e9</p>".getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void aPageThatIsThereStays() {
        answering(412);

        assertThat(pages.keep(PAGE)).endsWith(PAGE.path());
    }

    @Test
    void anythingElseFliesOnSoThatTheReportIsTriedAgain() {
        answering(409);

        assertThatThrownBy(() -> pages.keep(PAGE)).isInstanceOf(S3Exception.class);
    }

    private void answering(int status) {
        when(s3.putObject(anyPut(), any(RequestBody.class)))
                .thenThrow(S3Exception.builder().statusCode(status).build());
    }

    private static Consumer<PutObjectRequest.Builder> anyPut() {
        return any();
    }
}
