package lifeboat.report;

/// A web page that stands alone: no script, nothing loaded from elsewhere.
///
/// @param path where it is kept, for example `reports/prod/weekly/2026-11-20.html`
/// @param html the whole document
public record Page(String path, String html) {}
