package lifeboat.integrity;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SegmentTest {
    @Test
    void theFirstWordIsTheKindAndTheRestWhatItIsAbout() {
        var segment = Segment.of("content", "public.my orders");
        assertThat(segment.is("content")).isTrue();
        assertThat(segment.is("cont")).isFalse();
        assertThat(segment.is("content", "public.my orders")).isTrue();
        assertThat(segment.is("content", "public.my")).isFalse();
        assertThat(segment.subject()).isEqualTo("public.my orders");
        assertThat(segment).hasToString("content public.my orders");
    }

    @Test
    void aSingleWordIsAboutNothingInParticular() {
        var segment = new Segment("structure");
        assertThat(segment.is("structure")).isTrue();
        assertThat(segment.subject()).isEmpty();
    }
}
