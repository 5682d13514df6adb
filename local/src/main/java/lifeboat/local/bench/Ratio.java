package lifeboat.local.bench;

import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/// What one way takes beside another, measured alternately in one run.
record Ratio(Result one, Result other) {
    /// The ratio between two ways of one size and damage; empty: one of them was not measured.
    static Optional<Ratio> of(List<Result> cell, Way one, Way other) {
        return find(cell, one).flatMap(left -> find(cell, other).map(right -> new Ratio(left, right)));
    }

    static Optional<Result> find(List<Result> cell, Way way) {
        return cell.stream().filter(result -> result.way() == way).findFirst();
    }

    double wall() {
        return over(Usage::wallSeconds);
    }

    double cpu() {
        return over(Usage::cpuSeconds);
    }

    double serverCpu() {
        return over(Usage::serverCpuSeconds);
    }

    double wal() {
        return over(Usage::walMegabytes);
    }

    double wire() {
        return one.wireMegabytes() / other.wireMegabytes();
    }

    private double over(ToDoubleFunction<Usage> figure) {
        return figure.applyAsDouble(one.median()) / figure.applyAsDouble(other.median());
    }

    /// Whether the machine did nothing else while both were measured.
    boolean isUndisturbed() {
        return Math.max(one.foreignPercent(), other.foreignPercent()) <= Result.MOST_FOREIGN_PERCENT;
    }
}
