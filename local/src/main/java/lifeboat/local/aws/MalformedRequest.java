package lifeboat.local.aws;

/// AWS would not have understood this request. An error, so that no handler takes it for an answer of the service.
public final class MalformedRequest extends Error {
    private static final long serialVersionUID = 1L;

    MalformedRequest(String operation, String member, Object value, String rule) {
        super("%s: %s = %s breaks the rule \"%s\" of AWS's service model"
                .formatted(operation, member, shortened(value), rule));
    }

    private static String shortened(Object value) {
        String text = String.valueOf(value);
        return text.length() > 200 ? text.substring(0, 200) + "..." : text;
    }
}
