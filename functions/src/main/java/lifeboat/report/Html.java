package lifeboat.report;

import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;

/// A piece of HTML. Text comes in only through [#text] and attribute values through [Tag#with], which escape it.
///
/// @param markup ready to stand in a document
record Html(String markup) {
    static final Html NOTHING = new Html("");

    /// A text, escaped. Control characters, which HTML forbids, become question marks.
    static Html text(Object text) {
        return new Html(escaped(text.toString()));
    }

    /// Pieces one after the other.
    static Html all(Collection<Html> pieces) {
        return new Html(pieces.stream().map(Html::markup).collect(Collectors.joining()));
    }

    /// An element without attributes yet.
    static Tag tag(String name) {
        return new Tag(name, "");
    }

    private static String escaped(String text) {
        return text.replaceAll("[\\p{Cntrl}&&[^\\n\\t]]", "?")
                .replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&#39;");
    }

    /// An element that has no content yet.
    ///
    /// @param name of the element
    /// @param attributes ready to stand in the start tag
    record Tag(String name, String attributes) {
        /// With an attribute.
        Tag with(String attribute, Object value) {
            return new Tag(name, "%s %s=\"%s\"".formatted(attributes, attribute, escaped(value.toString())));
        }

        /// With content.
        Html of(Html... inside) {
            return new Html("<%s%s>%s</%s>"
                    .formatted(name, attributes, all(List.of(inside)).markup(), name));
        }

        /// With a text.
        Html of(String text) {
            return of(text(text));
        }
    }
}
