package lifeboat.report;

/// Keeps pages for people to read.
public interface Pages {
    /// Keeps a page; where there is one at its path already, that one stays.
    ///
    /// @return where a person finds it
    String keep(Page page);
}
