package lifeboat.report;

import java.nio.charset.StandardCharsets;

/// An e-mail: what SNS accepts and a mail client shows unharmed.
///
/// @param subject printable ASCII without line breaks, at most 99 characters; longer or other text is fitted in
/// @param body at most 256 KiB as UTF-8; longer text is cut, and says so
/// @see <a href="https://docs.aws.amazon.com/sns/latest/api/API_Publish.html">Publish</a>
public record Letter(String subject, String body) {
    private static final int SUBJECT = 99;
    private static final int BODY_BYTES = 256 * 1024;
    private static final String CUT = "\n[cut: the whole is in the ledger]\n";

    public Letter {
        subject = shortened(subject.replaceAll("[^\\x20-\\x7e]", "?"));
        body = fitted(body);
    }

    private static String shortened(String subject) {
        return subject.length() <= SUBJECT ? subject : subject.substring(0, SUBJECT - 3) + "...";
    }

    private static String fitted(String body) {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        if (bytes.length <= BODY_BYTES) {
            return body;
        }
        int end = BODY_BYTES - CUT.length();
        while ((bytes[end] & 0xC0) == 0x80) {
            end--; // never in the middle of a character
        }
        return new String(bytes, 0, end, StandardCharsets.UTF_8) + CUT;
    }
}
