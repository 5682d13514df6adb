package lifeboat.reconcile.mysql;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/// Guesses at values in the middle between two keys, the best first. The server judges them, so that they need not be
/// right, only understood.
final class Between {
    private static final String ALPHABET = "0123456789abcdefghijklmnopqrstuvwxyz";

    private static final DateTimeFormatter FORM =
            DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss.SSSSSS", Locale.ROOT);

    /// Character sets in which a byte below 128 is always a character.
    private static final Set<String> ASCII = Set.of("utf8mb4", "utf8mb3", "utf8", "latin1", "ascii");

    private Between() {}

    /// @param one the earlier value, as a bound of its kind
    /// @param other the later one
    static List<String> values(KeyKind kind, String one, String other) {
        return switch (kind.form()) {
            case NUMBER -> List.of(number(new BigDecimal(one), new BigDecimal(other)));
            case DATE ->
                time(one, other).map(text -> text.substring(0, 10)).stream().toList();
            case TIME -> time(one, other).stream().toList();
            case UUID ->
                List.of(
                        one.substring(0, 24) + hex(one.substring(24), other.substring(24)),
                        hex(one.substring(0, 8), other.substring(0, 8)) + one.substring(8));
            case BYTES -> List.of(with(one, other, (at(one, other) + at(other, one) + 1) / 2));
            case TEXT -> ASCII.contains(kind.charset()) ? text(one, other) : List.of();
        };
    }

    private static String number(BigDecimal one, BigDecimal other) {
        int scale = Math.max(one.scale(), other.scale());
        return one.add(other).divide(BigDecimal.TWO, scale, RoundingMode.FLOOR).toPlainString();
    }

    private static Optional<String> time(String one, String other) {
        try {
            LocalDateTime from = parse(one);
            LocalDateTime middle =
                    from.plus(Duration.between(from, parse(other)).dividedBy(2));
            return Optional.of(FORM.format(middle));
        } catch (DateTimeException zeroDate) {
            return Optional.empty();
        }
    }

    private static LocalDateTime parse(String text) {
        return LocalDateTime.parse(text.length() == 10 ? text + "T00:00" : text.replace(' ', 'T'));
    }

    private static String hex(String one, String other) {
        long sum = Long.parseLong(one, 16) + Long.parseLong(other, 16);
        return HexFormat.of().toHexDigits(sum / 2, one.length());
    }

    private static List<String> text(String one, String other) {
        int from = at(one, other);
        int to = at(other, one);
        if (from > 127 || to > 127) {
            return List.of();
        }
        int low = ALPHABET.indexOf(Character.toLowerCase(from));
        int high = ALPHABET.indexOf(Character.toLowerCase(to));
        int middle = low < 0 || high < 0 ? (from + to) / 2 : ALPHABET.charAt((low + high + 1) / 2);
        return List.of(with(one, other, middle), with(one, other, (from + to + 1) / 2), with(one, other, to));
    }

    /// What both begin with, and one more byte.
    private static String with(String one, String other, int next) {
        return one.substring(0, common(one, other))
                + HexFormat.of().withUpperCase().toHexDigits((byte) next);
    }

    /// The first byte of one that differs from the other's.
    private static int at(String one, String other) {
        int common = common(one, other);
        return common < one.length() ? HexFormat.fromHexDigits(one, common, common + 2) : 0;
    }

    private static int common(String one, String other) {
        int common = 0;
        while (common < Math.min(one.length(), other.length())
                && one.startsWith(other.substring(common, common + 2), common)) {
            common += 2;
        }
        return common;
    }
}
